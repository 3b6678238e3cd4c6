from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Agency

from .topics import Portion, Topic


class ImportMapping(models.Model):
    """How an agency's list of completed trainings is built, as it was said last.

    ``columns`` holds the name of the column by what stands in it.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(_("columns"), default=dict)
    is_day_first = models.BooleanField(_("day before month"), default=False)

    class Meta:
        verbose_name = _("mapping of an import")
        verbose_name_plural = _("mappings of imports")

    def __str__(self) -> str:
        return f"{self.agency}"


class ImportedTitle(models.Model):
    """Which topic an agency's course title stands for; none: it is left out."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, related_name="+"
    )
    portion = models.CharField(
        _("portion"), max_length=20, choices=Portion, default=Portion.WHOLE, blank=True
    )

    class Meta:
        verbose_name = _("imported title")
        verbose_name_plural = _("imported titles")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title"], name="lms_importedtitle_once_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.title
