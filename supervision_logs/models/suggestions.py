from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionQuerySet(models.QuerySet):
    def offered(self) -> Self:
        return self.filter(is_offered=True)


class Suggestion(models.Model):
    """Something to begin from, of a list the training team keeps: what to shadow, whom
    to get to know, what for, and how a week may begin.

    A visit keeps the words it was given, so a suggestion may change or go.
    """

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("Activity to shadow")
        CONTACT = "contact", _("Contact to make")
        PURPOSE = "purpose", _("Purpose of a visit")
        MONDAY = "monday", _("Motivation Monday")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    hint = models.CharField(_("hint"), max_length=500, blank=True)
    is_offered = models.BooleanField(_("can be chosen"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.title
