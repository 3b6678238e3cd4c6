"""What the person at the screen may do with a plan, in the words of the table."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from competencies.models import ChecklistItem, PlanItem, StaffPlan
from lms import policy
from lms.models import Person, staff_signed_for_by

PLAN = "staff plan and items"


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a plan. Acts come from the access table alone."""

    relations: frozenset[str]
    is_own: bool
    sees_words: bool
    edits: frozenset[str]
    adds_completions: bool

    @property
    def edits_words(self) -> bool:
        return "words" in self.edits

    @property
    def settles(self) -> bool:
        """May agree on dates and waive."""
        return "agreed date" in self.edits


def standing(
    request: HttpRequest, record: StaffPlan | PlanItem | ChecklistItem
) -> Standing:
    """The plan of an employment that is over stays as it was: it is only read."""
    relations = policy.relations(request.user, record.person)
    acting = frozenset() if record.staff_member.has_ended() else relations
    return Standing(
        relations=relations,
        is_own="own" in relations,
        sees_words="words" in policy.scopes(PLAN, "view", relations),
        edits=policy.scopes(PLAN, "edit", acting),
        adds_completions=bool(policy.scopes("completion", "create", acting)),
    )


def visible_plan(request: HttpRequest, staff_pk: int) -> tuple[StaffPlan, Standing]:
    """Somebody's plan, or 404 for whoever may not know of it."""
    plans = StaffPlan.objects.visible_to(request.user).select_related(
        "person", "staff_member__agency", "staff_member__person"
    )
    plan = get_object_or_404(plans, staff_member__pk=staff_pk)
    how = standing(request, plan)
    if not policy.scopes(PLAN, "view", how.relations):
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
    how = standing(request, item)
    if not policy.scopes(PLAN, "view", how.relations):
        raise Http404
    return item, how


def may_sign_for(request: HttpRequest, item: PlanItem) -> bool:
    signer = Person.of(request.user)
    staff = staff_signed_for_by(signer, timezone.localdate())
    return staff.filter(pk=item.staff_member_id).exists()
