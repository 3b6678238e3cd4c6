import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def in_force(on: datetime.date, prefix: str = "") -> Q:
    """The condition that a dated row holds on that day, both ends counted."""
    return Q(
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on}),
        Q(**{f"{prefix}starts_on__isnull": True})
        | Q(**{f"{prefix}starts_on__lte": on}),
    )


class DatedQuerySet(models.QuerySet):
    def current(self, on: datetime.date | None = None) -> Self:
        """Keep the rows in force on the given day (today by default)."""
        return self.filter(in_force(on or timezone.localdate()))


class Dated(models.Model):
    """Something that holds from one day until another, or until further notice."""

    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
            ),
        ]
