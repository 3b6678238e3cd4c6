import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.rules import Kind

from .agencies import Agency
from .people import Person
from .visibility import Reader, agencies_directed_by


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Keep what was brought in for an agency that ``user`` directs today."""
        directed = agencies_directed_by(Person.of(user), timezone.localdate())
        return self.filter(agency__in=directed)


class Import(models.Model):
    """A list somebody brings in: read, looked at, then applied in batches.

    The file itself is never kept. ``columns`` says where in a line each thing stands.
    ``batches_done`` is the mark from which an interrupted import goes on.
    """

    KEPT = datetime.timedelta(days=7)

    class State(models.TextChoices):
        READ = "read", _("Some choices are left to make")
        LOOKED_AT = "looked_at", _("Ready to bring in")
        ASKED = "asked", _("Being brought in")
        FINISHED = "finished", _("Brought in")

    kind = models.CharField(_("kind"), max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=150)
    header = models.JSONField(_("header"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    is_day_first = models.BooleanField(_("day before month"), default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.READ
    )
    counts = models.JSONField(_("counts"), default=dict)
    batches = models.PositiveSmallIntegerField(_("batches"), default=0)
    batches_done = models.PositiveSmallIntegerField(_("batches done"), default=0)
    read_at = models.DateTimeField(_("read at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def kept_until(self) -> datetime.date:
        return timezone.localdate(self.read_at + self.KEPT)

    @property
    def to_apply(self) -> int:
        return self.counts.get(Kind.NEW, 0) + self.counts.get(Kind.CHANGED, 0)


class ImportRow(models.Model):
    """A line of a list, as texts; ``kind`` is empty until it has been looked at.

    Gone once it is applied; those that need another look stay until the list goes.
    """

    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"), default=list)
    label = models.CharField(_("about"), max_length=254, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    sentences = models.JSONField(_("sentences"), default=list)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "line"], name="lms_importrow_once_per_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.label}"

    def texts(self, columns: dict[str, int]) -> dict[str, str]:
        """The texts by the key of their column."""
        return {key: self.cells[place] for key, place in columns.items()}
