"""Whose rows are a pair's own: somebody's, and one supervisor's of theirs."""

from typing import Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    StaffMember,
    ties_in_force,
)


def staff_met_by(person: Person | None) -> QuerySet[StaffMember]:
    """Whom somebody supervises today, for whatever, also as a stand-in."""
    ties = ties_in_force(timezone.localdate()).filter(supervisor=person)
    return StaffMember.objects.filter(pk__in=ties.values("staff_member"))


class PairRecordQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """The person's, and that one supervisor's while they supervise."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        theirs = Q(supervisor=reader, staff_member__in=staff_met_by(reader))
        return self.filter(Q(person=reader) | theirs)

    def of(self, staff_member: StaffMember, supervisor: Person) -> Self:
        return self.filter(staff_member=staff_member, supervisor=supervisor)


class PairRecord(PersonRecord):
    """Base for what two people share: ``person`` is supervised, ``supervisor`` does."""

    supervisor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("supervisor"),
    )

    objects = PairRecordQuerySet.as_manager()

    class Meta:
        abstract = True
