"""A visit took place, its host says so, its words are taken away."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms import audit
from lms.models import Person
from supervision_logs.models import ShadowingVisit


@transaction.atomic
def note_visit(*, visit: ShadowingVisit, at: datetime.datetime) -> None:
    """Save what was noted of a visit that took place. Another day or other minutes
    than the host confirmed: the confirmation falls off."""
    held = ShadowingVisit.objects.select_for_update().get(pk=visit.pk)
    before = (held.happened_on, held.minutes)
    visit.host_confirmed_at = held.host_confirmed_at
    if before != (visit.happened_on, visit.minutes):
        visit.host_confirmed_at = None
    visit.dropped_on = None
    visit.redacted_on = None if visit.notes or visit.follow_up else visit.redacted_on
    visit.save(
        update_fields=[
            "happened_on",
            "minutes",
            "notes",
            "follow_up",
            "talk_on",
            "was_feedback_shared",
            "host_confirmed_at",
            "dropped_on",
            "redacted_on",
        ]
    )


def confirm_visit(
    *,
    visit: ShadowingVisit,
    seen: tuple[datetime.date, int],
    at: datetime.datetime,
) -> bool:
    """Its host confirms the day and minutes they saw, once; False where these have
    changed meanwhile."""
    day, minutes = seen
    rows = ShadowingVisit.objects.filter(
        pk=visit.pk, happened_on=day, minutes=minutes, host__isnull=False
    )
    if not rows.exists():
        return False
    rows.filter(host_confirmed_at=None).update(host_confirmed_at=at)
    return True


@transaction.atomic
def redact_visit(*, visit: ShadowingVisit, by: Person, at: datetime.datetime) -> None:
    """Take all words of a visit away, for good. What it was, its day, minutes and the
    confirmation stay; the trail says who did it, and no word of it."""
    for name in ShadowingVisit.WORDS:
        setattr(visit, name, "")
    visit.activity, visit.redacted_on = "", localdate(at)
    visit.save(update_fields=[*ShadowingVisit.WORDS, "activity", "redacted_on"])
    visit.tasks.all().delete()
    audit.record(
        act="shadowing_visit.redacted",
        actor=by,
        about=visit.person,
        target=visit,
        at=at,
    )
