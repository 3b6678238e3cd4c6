"""Seats wanted: how many wait for a seat, by topic. Counts, nobody's rows."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from competencies.models import PlanItem
from lms import policy

FEWEST = 5


@dataclass(frozen=True)
class SeatsWanted:
    topic: str
    people: int

    @property
    def is_told(self) -> bool:
        """Fewer than five might be somebody one knows: their number is not told."""
        return self.people >= FEWEST


def may_count_seats(request: HttpRequest) -> bool:
    standing = policy.relations_to_program(request.user)
    return bool(policy.scopes("seats wanted", "view", standing))


def all_seats_wanted() -> list[SeatsWanted]:
    """Statewide, in the order of the topics: a small count has no place of its own."""
    counts = PlanItem.objects.waiting_for_a_seat().counted_by_topic()
    return [SeatsWanted(title, people) for title, people in counts]


@login_required
def seats_wanted(request: HttpRequest) -> HttpResponse:
    if not may_count_seats(request):
        raise Http404
    context = {"seats": all_seats_wanted(), "fewest": FEWEST}
    return render(request, "lms_competencies/seats_wanted.html", context)
