"""Who opened somebody's words, in sentences."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext as _

from lms.models import AuditEntry, Person

from .registry import openings

TOGETHER = datetime.timedelta(hours=1)


def openings_of(person: Person) -> QuerySet[AuditEntry]:
    """Newest first; of openings of one page by one reader within an hour, the first."""
    before = Window(
        Lag("at"), partition_by=["actor", "act", "target"], order_by=["at", "pk"]
    )
    return (
        AuditEntry.objects.filter(about=person, act__endswith=".opened")
        .exclude(actor=person)
        .annotate(before=before)
        .filter(Q(before=None) | Q(at__gt=F("before") + TOGETHER))
        .select_related("actor")
        .order_by("-at", "-pk")
    )


def sentences_of(entries: Iterable[AuditEntry]) -> list[tuple[datetime.datetime, str]]:
    """When, and who opened what: one query for each kind of thing opened."""
    known, entries = openings(), list(entries)
    names = _names(entries)
    return [
        (
            entry.at,
            (
                known[entry.act].sentence
                if entry.act in known
                else _("%(reader)s opened one of your records")
            )
            % {
                "reader": entry.actor or _("Somebody"),
                "what": names.get(entry.target) or _("no longer here"),
            },
        )
        for entry in entries
    ]


def _names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """What the targets are called today; the trail itself keeps no names."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        keys[entry.act].add(entry.target.rpartition(":")[2])
    names = {}
    for act, opening in openings().items():
        if opening.model and keys[act]:
            names |= _called(opening.model, opening.related, keys[act])
    return names


def _called(model: type[models.Model], related: str, keys: set[str]) -> dict[str, str]:
    rows = model._default_manager.filter(pk__in=keys)
    if related:
        rows = rows.select_related(related)
    return {f"{model._meta.label_lower}:{row.pk}": str(row) for row in rows}
