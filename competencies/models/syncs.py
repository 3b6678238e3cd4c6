from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanSync(models.Model):
    """Everybody's plans brought up to date after a change for all, in batches.

    ``last`` is the number of the staff member up to whom it is done, and the mark from
    which an interrupted run goes on.
    """

    asked_at = models.DateTimeField(_("asked at"))
    people = models.PositiveIntegerField(_("people"))
    people_done = models.PositiveIntegerField(_("people done"), default=0)
    last = models.PositiveBigIntegerField(_("done up to"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("update of all plans")
        verbose_name_plural = _("updates of all plans")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.people_done} / {self.people}"
