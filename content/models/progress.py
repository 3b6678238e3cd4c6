import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import Training
from lms.models import PersonRecord, PersonRecordQuerySet, Reader


class ModuleProgressQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and nobody else's: nobody watches anyone learn."""
        return self.filter(person__user_id=user.pk, person__user__isnull=False)

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class ModuleProgress(PersonRecord):
    """Where somebody is in a module. ``module`` is the page's translation key, the
    same in every language; ``answers`` maps a check's id to the places of the choices.

    No time spent is kept, and no number of tries.
    """

    module = models.UUIDField(_("module"))
    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="+", verbose_name=_("training")
    )
    opened = models.JSONField(_("sections opened"), default=list)
    answers = models.JSONField(_("answers"), default=dict)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    again_on = models.DateField(_("begun again on"), null=True)

    objects = ModuleProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress in a module")
        verbose_name_plural = _("progress in modules")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module"], name="lms_moduleprogress_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.training}"

    def begin_again(self, *, at: datetime.datetime, on: datetime.date) -> None:
        """From the first section; what was recorded before stays recorded."""
        self.opened, self.answers = [], {}
        self.started_at, self.finished_at, self.again_on = at, None, on
        self.save(
            update_fields=["opened", "answers", "started_at", "finished_at", "again_on"]
        )

    def open_section(self, section_id: str) -> None:
        if section_id not in self.opened:
            self.opened = [*self.opened, section_id]
            self.save(update_fields=["opened"])

    def answer(self, check_id: str, choices: Iterable[int]) -> None:
        self.answers = {**self.answers, check_id: sorted(set(choices))}
        self.save(update_fields=["answers"])

    def finish(self, at: datetime.datetime) -> None:
        self.finished_at = at
        self.save(update_fields=["finished_at"])


def good_answers(check: Any) -> set[int]:
    """The places of a check's good answers."""
    return {place for place, each in enumerate(check["choices"]) if each["right"]}


def is_found(check: Any, chosen: Iterable[int]) -> bool:
    """Whether all good answers of a check were chosen, and nothing else."""
    return set(chosen) == good_answers(check)
