"""What the person at the screen may do with a plan, in the words of the table."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from competencies.models import PlanItem, StaffPlan
from lms import audit, policy
from lms.models import Person, PersonRecord, StaffMember, staff_signed_for_by

PLAN = "staff plan and items"


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a plan. Acts come from the access table alone."""

    is_own: bool
    sees_facts: bool
    sees_words: bool
    edits: frozenset[str]
    adds_completions: bool

    @property
    def edits_words(self) -> bool:
        return "words" in self.edits

    @property
    def edits_order(self) -> bool:
        return "priority" in self.edits

    @property
    def settles(self) -> bool:
        """May agree on dates."""
        return "agreed date" in self.edits

    @property
    def waives(self) -> bool:
        return "waiver" in self.edits


def standing(request: HttpRequest, staff_member: StaffMember) -> Standing:
    """A stand-in's tie always has a last day, so a stand-in reads "while dated". The
    plan of an employment that is over stays as it was: it is only read."""
    relations = policy.relations(request.user, staff_member)
    seen = policy.scopes(PLAN, "view", relations, "while dated")
    acting = relations if staff_member.is_employed() else frozenset()
    return Standing(
        is_own="own" in relations,
        sees_facts="facts" in seen,
        sees_words="words" in seen,
        edits=policy.scopes(PLAN, "edit", acting),
        adds_completions=bool(policy.scopes("completion", "create", acting)),
    )


def visible_plan(request: HttpRequest, staff_pk: int) -> tuple[StaffPlan, Standing]:
    """Somebody's plan, or 404 for whoever may not know of it."""
    plans = StaffPlan.objects.visible_to(request.user).select_related(
        "person", "staff_member__agency", "staff_member__person"
    )
    plan = get_object_or_404(plans, staff_member__pk=staff_pk)
    how = standing(request, plan.staff_member)
    if not how.sees_facts:
        raise Http404
    return plan, how


def visible_item(request: HttpRequest, pk: int) -> tuple[PlanItem, Standing]:
    items = PlanItem.objects.visible_to(request.user).select_related(
        "person",
        "staff_member__agency",
        "staff_plan",
        "topic",
        "requirement__phase",
        "completion__record",
        "agreed_by",
        "waived_by",
    )
    item = get_object_or_404(items, pk=pk)
    how = standing(request, item.staff_member)
    if not how.sees_facts:
        raise Http404
    return item, how


def may_sign_for(request: HttpRequest, item: PlanItem) -> bool:
    signer = Person.of(request.user)
    staff = staff_signed_for_by(signer, timezone.localdate())
    return staff.filter(pk=item.staff_member_id).exists()


def note_opening(
    request: HttpRequest, how: Standing, target: PersonRecord, what: str
) -> None:
    """For every page that shows the two people's words."""
    if how.sees_words:
        audit.opened(
            what=what,
            reader=Person.of(request.user),
            about=target.person,
            target=target,
            at=timezone.now(),
        )


@dataclass(frozen=True)
class Two:
    """What somebody may do with what is the two people's own: reviews, goals, the
    talk before meeting families. Of an employment that is over it is only read."""

    relations: frozenset[str]
    is_employed: bool

    def may(self, resource: str, act: str, *states: str) -> frozenset[str]:
        acting = act == "view" or self.is_employed
        relations = self.relations if acting else frozenset()
        return policy.scopes(resource, act, relations, *states)


def two(request: HttpRequest, staff_member: StaffMember) -> Two:
    relations = policy.relations(request.user, staff_member)
    return Two(relations, staff_member.is_employed())


def visible_to_the_two(
    request: HttpRequest, staff_pk: int, resource: str, part: str, *states: str
) -> tuple[StaffPlan, Two]:
    """Somebody's plan, or 404 for whoever does not read that part of it."""
    plans = StaffPlan.objects.visible_to(request.user).select_related(
        "person", "staff_member__agency", "staff_member__person"
    )
    plan = get_object_or_404(plans, staff_member__pk=staff_pk)
    both = two(request, plan.staff_member)
    if part not in both.may(resource, "view", *states):
        raise Http404
    return plan, both
