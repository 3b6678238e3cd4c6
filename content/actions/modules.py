"""Begins and finishes modules."""

import datetime

from django.db import transaction

from competencies.actions import TakenContent, note_start, record_completion
from content.models import ModulePage, ModuleProgress
from lms.models import Person


@transaction.atomic
def begin_module(
    *, page: ModulePage, person: Person, at: datetime.datetime, on: datetime.date
) -> ModuleProgress:
    """Open a module, or go on with it."""
    progress, is_new = ModuleProgress.objects.get_or_create(
        person=person,
        module=page.translation_key,
        defaults={"training": page.training, "started_at": at},
    )
    if is_new:
        note_start(person=person, training=page.training, on=on)
    return progress


@transaction.atomic
def finish_module(
    *,
    page: ModulePage,
    progress: ModuleProgress,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """The last section is read: record it, once.

    Reading a later edition of a finished module again opens nothing that was signed.
    """
    if progress.finished_at is not None:
        return
    record_completion(
        person=progress.person,
        training=page.training,
        on=on,
        at=at,
        content=TakenContent(
            title=page.title,
            objectives=page.objective_list,
            minutes=page.minutes,
            content_hash=page.content_hash(),
        ),
    )
    progress.finish(at)
