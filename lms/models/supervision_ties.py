import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet
from .people import Person, StaffMember


class SupervisionTieQuerySet(DatedQuerySet):
    def ending_with(self, staff_member: StaffMember, last_day: datetime.date) -> Self:
        """Ties that end when somebody leaves: those of their own supervision, and
        those in which they supervise, unless they go on working: at the same agency,
        or anywhere, as far as other agencies' people are concerned."""
        going_on = (
            StaffMember.objects.employed(last_day + datetime.timedelta(days=1))
            .filter(person=staff_member.person_id)
            .exclude(pk=staff_member.pk)
        )
        ending = Q(staff_member=staff_member)
        if not going_on.exists():
            ending |= Q(supervisor=staff_member.person_id)
        elif not going_on.filter(agency=staff_member.agency_id).exists():
            ending |= Q(
                supervisor=staff_member.person_id,
                staff_member__agency=staff_member.agency_id,
            )
        return self.filter(ending).filter(Q(ends_on=None) | Q(ends_on__gt=last_day))

    def from_outside(self) -> Self:
        """Keep those of who signs the plan from outside the agency."""
        return self.filter(scope="plan", kind="outside")

    def main(self) -> Self:
        """Keep those of the one who signs the plan, not of who stands in."""
        return self.filter(scope="plan").exclude(kind="backup")


class SupervisionTie(Dated):
    """Who supervises whom, for what, from–until."""

    wagtail_reference_index_ignore = True

    class Scope(models.TextChoices):
        PLAN = "plan", _("Training plan")
        REFLECTIVE = "reflective", _("Reflective")
        CLINICAL = "clinical", _("Clinical")
        ADMINISTRATIVE = "administrative", _("Administrative")

    class Kind(models.TextChoices):
        MAIN = "main", _("Supervisor")
        BACKUP = "backup", _("Stands in")
        OUTSIDE = "outside", _("From outside the agency")

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="supervision_ties"
    )
    supervisor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="supervises",
        verbose_name=_("supervisor"),
    )
    scope = models.CharField(_("for"), max_length=20, choices=Scope, default=Scope.PLAN)
    kind = models.CharField(_("as"), max_length=20, choices=Kind, default=Kind.MAIN)

    objects = SupervisionTieQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("supervision tie")
        verbose_name_plural = _("supervision ties")
        ordering = ["scope", "kind", "starts_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="backup") | Q(ends_on__isnull=False),
                name="lms_supervisiontie_stands_in_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} → {self.staff_member.person}"
