"""Begins and finishes modules."""

import datetime

from django.db import transaction
from wagtail.models import Revision

from competencies.actions import (
    TakenContent,
    note_start,
    order_retake,
    record_completion,
)
from competencies.rules import Offset
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
def begin_again(
    *,
    page: ModulePage,
    progress: ModuleProgress,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Take a finished module once more: it changed, or its topic is asked for again."""
    if progress.finished_at is not None:
        progress.begin_again(at=at, on=on)
        note_start(person=progress.person, training=page.training, on=on)


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
        again_since=progress.again_on,
    )
    progress.finish(at)


@transaction.atomic
def settle_retake(
    *,
    page: ModulePage,
    revision: Revision,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """The page was published: carry out what it says about retaking, then ask anew.

    *Yes* asks those who completed its topics before that day to take them again.
    """
    if page.retake == page.Retake.NO:
        return
    if page.retake == page.Retake.YES:
        order_retake(
            topics=page.training.completed_topics(),
            starts_on=page.retake_from,
            within=Offset(page.retake_months, "months"),
            roles=list(page.retake_roles.all()),
            because=page.retake_because,
            by=Person.of(revision.user) if revision.user else None,
            at=at,
        )
    page.answer_retake(on)
    page.save(clean=False)
    if page.latest_revision_id == revision.pk:
        page.save_revision(user=revision.user, changed=False, clean=False)
