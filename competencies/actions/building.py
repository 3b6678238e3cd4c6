"""Changes a draft of a plan, one thing at a time."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from competencies.models import (
    ChecklistEntry,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    Topic,
    Training,
)
from lms import audit
from lms.models import Person

from .versions import locked_draft, note


@transaction.atomic
def add_phase(
    *,
    version: PlanVersion,
    title: str,
    short_title: str,
    by: Person | None,
    at: datetime.datetime,
) -> Phase:
    """A phase at the end. Its key never changes again, whatever it is called."""
    draft = locked_draft(version)
    last = draft.phases.aggregate(last=Max("order"))["last"] or 0
    phase = Phase.objects.create(
        version=draft,
        key=free_key(Phase, draft, title),
        title=title,
        short_title=short_title,
        order=last + 1,
    )
    note(act="plan_version.phase_added", version=draft, by=by, at=at, phase=phase.key)
    return phase


def free_key(
    model: type[Phase | ChecklistEntry], version: PlanVersion, title: str
) -> str:
    """A key that no version of this plan has used for another row of that kind."""
    rows = model.objects.filter(version__plan=version.plan_id)
    used = set(rows.values_list("key", flat=True))
    stem = slugify(title)[:40] or model._meta.model_name
    numbered = (f"{stem}-{number}" for number in range(2, len(used) + 3))
    return next(key for key in [stem, *numbered] if key not in used)


@transaction.atomic
def change_phase(
    *,
    phase: Phase,
    title: str,
    short_title: str,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    draft = locked_draft(phase.version)
    phase.title, phase.short_title = title, short_title
    phase.save(update_fields=["title", "short_title"])
    note(act="plan_version.phase_changed", version=draft, by=by, at=at, phase=phase.key)


@transaction.atomic
def remove_phase(*, phase: Phase, by: Person | None, at: datetime.datetime) -> None:
    draft = locked_draft(phase.version)
    if phase.requirements.exists():
        raise ValidationError(
            _("Topics still stand in “%(phase)s”. Move them or take them out first.")
            % {"phase": phase.title}
        )
    phase.delete()
    note(act="plan_version.phase_removed", version=draft, by=by, at=at, phase=phase.key)


@transaction.atomic
def step_phase(
    *, phase: Phase, by_places: int, by: Person | None, at: datetime.datetime
) -> None:
    """Move a phase up (-1) or down (1) with all its topics."""
    draft = locked_draft(phase.version)
    phases = list(draft.phases.order_by("order", "pk"))
    put_at(phases, phase, phases.index(phase) + by_places)
    for number, each in enumerate(phases, 1):
        each.order = number
    Phase.objects.bulk_update(phases, ["order"])
    _renumber(draft)
    note(act="plan_version.phase_moved", version=draft, by=by, at=at, phase=phase.key)


@transaction.atomic
def add_topic(
    *,
    version: PlanVersion,
    topic: Topic,
    phase: Phase,
    by: Person | None,
    at: datetime.datetime,
) -> Requirement:
    """A topic at the end of a phase, for nobody yet."""
    draft = locked_draft(version)
    requirement, is_new = Requirement.objects.get_or_create(
        version=draft, topic=topic, defaults={"phase": phase, "order": 0}
    )
    if not is_new:
        raise ValidationError(
            _("“%(topic)s” stands in this version already.") % {"topic": topic.title}
        )
    _place(draft, requirement, phase, None)
    note(act="plan_version.topic_added", version=draft, by=by, at=at, topic=topic.code)
    return requirement


@transaction.atomic
def make_topic(*, title: str, by: Person | None, at: datetime.datetime) -> Topic:
    """A topic for the catalog, with a code of its own."""
    used = set(Topic.objects.values_list("code", flat=True))
    codes = (f"T-{number:02d}" for number in range(1, len(used) + 2))
    last = Topic.objects.aggregate(last=Max("order"))["last"] or 0
    topic = Topic.objects.create(
        code=next(code for code in codes if code not in used),
        title=title,
        order=last + 1,
    )
    audit.record(act="topic.made", actor=by, about=None, target=topic, at=at)
    return topic


@transaction.atomic
def remove_topic(
    *, requirement: Requirement, by: Person | None, at: datetime.datetime
) -> None:
    """Take a topic out of the draft. What people did for it stays with them."""
    draft = locked_draft(requirement.version)
    topic = requirement.topic.code
    requirement.delete()
    _renumber(draft)
    note(act="plan_version.topic_removed", version=draft, by=by, at=at, topic=topic)


@transaction.atomic
def place_topic(
    *,
    requirement: Requirement,
    phase: Phase,
    position: int,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """Put a topic into a phase, at that place among its topics (the first is 0)."""
    draft = locked_draft(requirement.version)
    if phase.version_id != draft.pk:
        raise ValidationError(_("That phase belongs to another version."))
    _place(draft, requirement, phase, position)
    note(
        act="plan_version.topic_moved",
        version=draft,
        by=by,
        at=at,
        topic=requirement.topic.code,
        phase=phase.key,
    )


@transaction.atomic
def step_topic(
    *,
    requirement: Requirement,
    by_places: int,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """Move a topic up (-1) or down (1); at the edge of its phase, into the next."""
    draft = locked_draft(requirement.version)
    requirement.refresh_from_db()
    phases = list(draft.phases.order_by("order", "pk"))
    here = phases.index(requirement.phase)
    siblings = list(requirement.phase.requirements.order_by("order", "pk"))
    position = siblings.index(requirement) + by_places
    phase = requirement.phase
    if position < 0 and here > 0:
        phase, position = phases[here - 1], None
    elif position >= len(siblings) and here + 1 < len(phases):
        phase, position = phases[here + 1], 0
    _place(draft, requirement, phase, position)
    topic = requirement.topic.code
    note(act="plan_version.topic_moved", version=draft, by=by, at=at, topic=topic)


@transaction.atomic
def change_requirement(
    *,
    requirement: Requirement,
    audiences: Iterable[RequirementAudience],
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """Save a requirement with exactly those audience rows."""
    draft = locked_draft(requirement.version)
    requirement.save()
    requirement.audiences.all().delete()
    for row in audiences:
        row.pk, row.requirement = None, requirement
        row.save(force_insert=True)
    topic = requirement.topic.code
    note(act="plan_version.topic_changed", version=draft, by=by, at=at, topic=topic)


@transaction.atomic
def change_turns(
    *,
    requirement: Requirement,
    trainings: Iterable[Training],
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """Let exactly those trainings take turns to renew a topic, in that order."""
    draft = locked_draft(requirement.version)
    requirement.turns.all().delete()
    for order, training in enumerate(trainings, 1):
        requirement.turns.create(training=training, order=order)
    topic = requirement.topic.code
    note(act="plan_version.turns_changed", version=draft, by=by, at=at, topic=topic)


def _place(
    draft: PlanVersion, requirement: Requirement, phase: Phase, position: int | None
) -> None:
    """``position`` None is the end."""
    others = list(phase.requirements.order_by("order", "pk").exclude(pk=requirement.pk))
    at_place = len(others) if position is None else position
    put_at(others, requirement, at_place)
    requirement.phase = phase
    requirement.save(update_fields=["phase"])
    _renumber(draft, {phase.pk: others})


def put_at(rows: list, row: object, position: int) -> None:
    if row in rows:
        rows.remove(row)
    rows.insert(max(0, min(position, len(rows))), row)


def _renumber(
    draft: PlanVersion, ordered: dict[int, list[Requirement]] | None = None
) -> None:
    """Number the topics of a version through, phase after phase."""
    in_phase: dict[int, list[Requirement]] = defaultdict(list)
    rows = Requirement.objects.filter(version=draft)
    for row in rows.order_by("phase__order", "phase", "order", "pk"):
        in_phase[row.phase_id].append(row)
    found = [
        row
        for phase, its_rows in in_phase.items()
        for row in (ordered or {}).get(phase, its_rows)
    ]
    for number, row in enumerate(found, 1):
        row.order = number
    Requirement.objects.bulk_update(found, ["order"])
