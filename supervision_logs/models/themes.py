from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThemeQuerySet(models.QuerySet):
    def offered(self) -> Self:
        return self.filter(is_offered=True)


class Theme(models.Model):
    """Something that supervision may be about, from a list the training team keeps.

    A session keeps the words it was given, so a theme may be renamed or taken away.
    """

    class Kind(models.TextChoices):
        THEME = "theme", _("Theme")
        COMPONENT = "component", _("Component of reflective supervision")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.THEME)
    title = models.CharField(_("title"), max_length=100)
    is_offered = models.BooleanField(_("can be chosen"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme of supervision")
        verbose_name_plural = _("themes of supervision")
        ordering = ["kind", "order", "title"]

    def __str__(self) -> str:
        return self.title
