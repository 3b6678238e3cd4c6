"""Whether anybody acted on a plan since it was moved."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.crypto import salted_hmac

from competencies.models import (
    ChecklistItem,
    Completion,
    MovedPlan,
    PlanItem,
    SendBack,
    SignOff,
)

from .syncing import FOLLOWING
from .wanted import PLANNED

KEYS = {"id", "person", "staff_member", "staff_plan", "topic"}
BY_HAND = [
    field
    for field in PlanItem._meta.concrete_fields
    if field.name not in KEYS and field.attname not in {*PLANNED, *FOLLOWING}
]
Told = list[tuple[str, object]]


def standings(plans: Iterable[int]) -> dict[int, str]:
    """A check sum of what people put on each plan's lines. Two queries.

    A line with nothing on it counts as little as one that is not there. The sum needs
    the site's key, so that nobody can guess words from it.
    """
    told: dict[int, Told] = defaultdict(list)
    for item in PlanItem.objects.filter(staff_plan__in=plans).order_by("topic"):
        if found := _by_hand(item):
            told[item.staff_plan_id].append((str(item.topic_id), found))
    done = ChecklistItem.objects.filter(staff_plan__in=plans, done_on__isnull=False)
    for item in done.order_by("entry__key").select_related("entry"):
        told[item.staff_plan_id].append((item.entry.key, [item.done_on]))
    return {plan: _sum(told[plan]) for plan in plans}


def _by_hand(item: PlanItem) -> Told:
    values = ((field, getattr(item, field.attname)) for field in BY_HAND)
    return [
        (field.name, value)
        for field, value in values
        if value not in (None, field.get_default())
    ]


def _sum(told: Told) -> str:
    text = json.dumps(told, cls=DjangoJSONEncoder)
    salt = "lms_competencies.standing"
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()


def acted_on(rows: list[MovedPlan]) -> set[int]:
    """Those whose plan somebody acted on since: a line touched, a completion, a
    signature, a line sent back, or another move."""
    standing = standings([row.staff_plan_id for row in rows])
    newest = _newest(rows)
    later = MovedPlan.objects.filter(staff_plan__moves__in=rows, undone_at=None)
    last = dict(later.order_by("pk").values_list("staff_plan", "pk"))
    return {
        row.pk
        for row in rows
        if standing[row.staff_plan_id] != row.standing
        or newest.get(row.person_id, row.moved_at) > row.moved_at
        or last.get(row.staff_plan_id, row.pk) > row.pk
    }


def _newest(rows: list[MovedPlan]) -> dict[int, datetime.datetime]:
    """When something last happened to each person's completions and signatures."""
    people = [row.person_id for row in rows]
    found: dict[int, datetime.datetime] = {}
    for model, path in (
        (Completion, "record__recorded_at"),
        (Completion, "withdrawn_at"),
        (SignOff, "signed_at"),
        (SignOff, "withdrawn_at"),
        (SignOff, "voided_at"),
        (SendBack, "at"),
    ):
        for person, when in _times(model, path, people):
            found[person] = max(when, found.get(person, when))
    return found


def _times(
    model: type[Model], path: str, people: list[int]
) -> Iterator[tuple[int, datetime.datetime]]:
    rows = model._default_manager.filter(
        person__in=people, **{f"{path}__isnull": False}
    )
    yield from rows.values_list("person", path)
