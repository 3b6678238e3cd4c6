from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What a staff member is (Clinician) or does (facilitates groups).

    Roles are data: a program loads its own. ``reason`` completes the sentence
    "Required because you …", in the second person.
    """

    class Kind(models.TextChoices):
        IS = "is", _("What someone is")
        DOES = "does", _("What someone does")

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def short_title(self) -> str:
        return self.abbreviation or self.title
