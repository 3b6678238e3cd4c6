from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import PersonRecord, PersonRecordQuerySet

from .plans import PlanVersion
from .staff_plans import StaffPlan


class PlanMove(models.Model):
    """Some plans were asked to follow another version. Who asked is on the trail.

    Done in batches by the outbox; ``undo_asked_at`` is set when it is to be undone.
    """

    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="moves"
    )
    asked_at = models.DateTimeField(_("asked for at"))
    people = models.PositiveIntegerField(_("people"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    undo_asked_at = models.DateTimeField(_("undo asked for at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("move to a version")
        verbose_name_plural = _("moves to a version")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version}, {self.asked_at:%Y-%m-%d}"


class MovedPlanQuerySet(PersonRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(moved_at=None)

    def to_undo(self) -> Self:
        """Moved, and not yet looked at whether that can be undone."""
        return self.filter(moved_at__isnull=False, undone_at=None, is_kept=False)


class MovedPlan(PersonRecord):
    """One staff plan of a move.

    ``standing`` is a check sum of what people had put on its lines when it was moved:
    while that is the same, nobody has acted on it. ``is_kept`` says that somebody had,
    so that undoing the move left this plan alone.
    """

    move = models.ForeignKey(PlanMove, on_delete=models.PROTECT, related_name="plans")
    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="moves"
    )
    from_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField(_("moved at"), null=True)
    standing = models.CharField(_("standing"), max_length=64, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    is_kept = models.BooleanField(_("kept when undone"), default=False)

    objects = MovedPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan moved")
        verbose_name_plural = _("plans moved")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "staff_plan"], name="lms_movedplan_once_per_move"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.move}"
