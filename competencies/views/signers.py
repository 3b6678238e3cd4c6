"""Who signs a plan, and what is said when its supervisor has left."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from competencies.actions import needs_outside
from lms.models import (
    Person,
    StaffMember,
    SupervisionTie,
    signers_for,
    without_supervisor,
)
from lms.policy import holds

from .access import Standing


@dataclass
class Signing:
    """``last`` is the supervision that ended; ``asks_outside`` holds for a director
    whose own plan nobody with an account here may sign."""

    has_supervisor: bool
    signers: list[Person]
    last: SupervisionTie | None
    asks_outside: bool


def who_signs(
    request: HttpRequest, staff_member: StaffMember, how: Standing, today: datetime.date
) -> Signing | None:
    if not staff_member.is_employed(today):
        return None
    own = StaffMember.objects.filter(pk=staff_member.pk)
    is_alone = without_supervisor(own, today).exists()
    return Signing(
        has_supervisor=not is_alone,
        signers=list(signers_for(staff_member, today).order_by("full_name")),
        last=_last(staff_member, today) if is_alone else None,
        asks_outside=how.is_own
        and holds(request.user, "director")
        and needs_outside(staff_member, today),
    )


def _last(staff_member: StaffMember, today: datetime.date) -> SupervisionTie | None:
    """The supervision that ended last, by its own date or with who gave it."""
    ties = SupervisionTie.objects.main().filter(
        staff_member=staff_member, starts_on__lte=today
    )
    return ties.select_related("supervisor").order_by("starts_on", "pk").last()


def signed_by_the_director(
    staff: QuerySet[StaffMember], today: datetime.date
) -> set[int]:
    """Of those staff, whose lines wait only because nobody supervises them."""
    return set(without_supervisor(staff, today).values_list("pk", flat=True))
