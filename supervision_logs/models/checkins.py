"""What is kept of wellness outside the vault: that somebody wants check-ins at all."""

from typing import Self

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    SealedKind,
    SealedText,
)

VISION_FIELD = "my-wellness-vision"


def check_ins_of(person: Person | None) -> QuerySet[SealedText]:
    """Somebody's own check-ins, still sealed."""
    return SealedText.objects.filter(person=person, kind=SealedKind.CHECK_IN)


def vision_of(person: Person | None) -> QuerySet[SealedText]:
    return SealedText.objects.filter(
        person=person, kind=SealedKind.VISION, field=VISION_FIELD
    )


class CheckInChoiceQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own alone: nobody else knows whether somebody checks in."""
        return self.filter(person__user_id=user.pk, person__user__isnull=False)


class CheckInChoice(PersonRecord):
    """That somebody turned check-ins on, and how long each stays. What they write is in
    the vault, and no row but this one tells that they may."""

    class Kept(models.IntegerChoices):
        A_MONTH = 30, _("30 days")
        A_YEAR = 365, _("12 months")

    kept_days = models.PositiveSmallIntegerField(
        _("how long each stays"), choices=Kept, default=Kept.A_YEAR
    )

    objects = CheckInChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice to check in")
        verbose_name_plural = _("choices to check in")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="lms_checkinchoice_one_each"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kept_days_display()
