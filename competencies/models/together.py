"""Whose rows are the two people's own: the person's and their supervisor's."""

from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from lms.models import (
    Person,
    PersonRecordQuerySet,
    Reader,
    StaffMember,
    ties_in_force,
)


def staff_of_the_two(user: Reader) -> QuerySet[StaffMember]:
    """One's own employments, and those whose plan one supervises today; not those one
    only stands in for."""
    person = Person.of(user)
    if person is None:
        return StaffMember.objects.none()
    ties = ties_in_force(timezone.localdate()).main().filter(supervisor=person)
    return StaffMember.objects.filter(
        Q(person=person) | Q(pk__in=ties.values("staff_member"))
    )


class TogetherQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Keep what is the two people's own: no stand-in's, no director's."""
        return self.filter(staff_member__in=staff_of_the_two(user))
