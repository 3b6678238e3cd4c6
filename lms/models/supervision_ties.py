from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet
from .people import Person, StaffMember


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

    objects = DatedQuerySet.as_manager()

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
