"""Changes the checklist of a draft: what to do and whom to meet, without dates."""

import datetime

from django.db import transaction
from django.db.models import Max

from competencies.models import ChecklistEntry, PlanVersion
from lms.models import Person

from .building import free_key, put_at
from .versions import locked_draft, note


@transaction.atomic
def add_entry(
    *,
    version: PlanVersion,
    kind: str,
    title: str,
    hint: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> ChecklistEntry:
    """An entry at the end. Its key never changes again, whatever its words are."""
    draft = locked_draft(version)
    last = draft.checklist.aggregate(last=Max("order"))["last"] or 0
    entry = ChecklistEntry.objects.create(
        version=draft,
        key=free_key(ChecklistEntry, draft, title),
        kind=kind,
        title=title,
        hint=hint,
        order=last + 1,
    )
    note(act="plan_version.entry_added", version=draft, by=by, at=at, entry=entry.key)
    return entry


@transaction.atomic
def change_entry(
    *,
    entry: ChecklistEntry,
    kind: str,
    title: str,
    hint: str,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """Say it in other words. What people have ticked off stays ticked off."""
    draft = locked_draft(entry.version)
    entry.kind, entry.title, entry.hint = kind, title, hint
    entry.save(update_fields=["kind", "title", "hint"])
    note(act="plan_version.entry_changed", version=draft, by=by, at=at, entry=entry.key)


@transaction.atomic
def remove_entry(
    *, entry: ChecklistEntry, by: Person | None, at: datetime.datetime
) -> None:
    draft = locked_draft(entry.version)
    note(act="plan_version.entry_removed", version=draft, by=by, at=at, entry=entry.key)
    entry.delete()


@transaction.atomic
def step_entry(
    *, entry: ChecklistEntry, by_places: int, by: Person | None, at: datetime.datetime
) -> None:
    """Move an entry up (-1) or down (1)."""
    draft = locked_draft(entry.version)
    entries = list(draft.checklist.order_by("order", "pk"))
    put_at(entries, entry, entries.index(entry) + by_places)
    for number, each in enumerate(entries, 1):
        each.order = number
    ChecklistEntry.objects.bulk_update(entries, ["order"])
    note(act="plan_version.entry_moved", version=draft, by=by, at=at, entry=entry.key)
