"""What a version would come to for people, by the rules alone: nothing is written."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from competencies.models import (
    Obligation,
    PlanItem,
    PlanVersion,
    Requirement,
    StaffPlan,
)
from competencies.rules import (
    TO_DO,
    Audience,
    Foreseen,
    Hold,
    PauseDays,
    Planned,
    Progress,
    diff,
    plan_line,
)
from lms.models import StaffMember

from .employments import employed_as, holds_of, pauses_of
from .refreshing import Cycles, Learning, Noted, follow, taken_by
from .versions import outline_of

TOGETHER = 500
Rule = tuple[Requirement, list[Audience]]
Rules = dict[int, Rule]


@dataclass(frozen=True)
class _Change:
    """What differs between the version that some people follow and the other one."""

    before: Rules
    after: Rules
    topics: frozenset[int]


def foresee(
    *, plans: QuerySet[StaffPlan], version: PlanVersion, on: datetime.date
) -> Foreseen:
    """For how many of those people something changes if they follow that version.

    Works out only the topics that differ, for some hundred people with the same
    number of queries however many they are.
    """
    changes: dict[int, _Change] = {}
    people = touched = passed = 0
    keys = iter(plans.order_by("pk").values_list("pk", flat=True))
    while some := list(islice(keys, TOGETHER)):
        found = list(
            StaffPlan.objects.filter(pk__in=some)
            .select_related("version", "staff_member")
            .prefetch_related("staff_member__roles_held__role", "staff_member__pauses")
        )
        for plan in found:
            if plan.version_id not in changes:
                changes[plan.version_id] = _change(plan.version, version)
        for is_touched, has_passed in _foreseen(found, changes, on):
            touched += is_touched
            passed += has_passed
        people += len(found)
    return Foreseen(people, touched, passed)


def _change(before: PlanVersion, after: PlanVersion) -> _Change:
    differing = diff(outline_of(before), outline_of(after)).topics
    codes = [each.code for each in differing if each.kinds]
    old, new = _rules(before, codes), _rules(after, codes)
    return _Change(old, new, frozenset(old.keys() | new.keys()))


def _rules(version: PlanVersion, codes: list[str]) -> Rules:
    rows = Requirement.objects.filter(version=version, topic__code__in=codes)
    return {
        row.topic_id: (row, [audience.as_rule() for audience in row.audiences.all()])
        for row in rows.select_related("topic", "phase").prefetch_related(
            "audiences__role"
        )
    }


def _foreseen(
    plans: list[StaffPlan], changes: dict[int, _Change], on: datetime.date
) -> Iterable[tuple[bool, bool]]:
    topics = {topic for change in changes.values() for topic in change.topics}
    cycles = Cycles.of(topics)
    counting = topics | cycles.parts_of(topics)
    learning = Learning(taken_by({plan.person_id for plan in plans}, counting), cycles)
    staff_members = [plan.staff_member for plan in plans]
    holds, pauses = holds_of(staff_members, on), pauses_of(staff_members)
    lines: dict[int, dict[int, PlanItem]] = defaultdict(dict)
    for item in PlanItem.objects.filter(staff_plan__in=plans, topic__in=topics):
        lines[item.staff_plan_id][item.topic_id] = item
    for plan in plans:
        change, staff = changes[plan.version_id], plan.staff_member
        person = _Person(staff, holds[staff.pk], pauses[staff.pk])
        told = [
            _line(person, change, topic, lines[plan.pk].get(topic), learning, on)
            for topic in change.topics
        ]
        yield any(row[0] for row in told), any(row[1] for row in told)


@dataclass(frozen=True)
class _Person:
    staff_member: StaffMember
    holds: tuple[Hold, ...]
    pauses: tuple[PauseDays, ...]

    def planned(self, rule: Rule | None) -> Planned | None:
        if rule is None:
            return None
        requirement, audiences = rule
        return plan_line(
            audiences,
            firmness=requirement.firmness,
            holds=self.holds,
            hired_on=self.staff_member.hired_on,
            pauses=self.pauses,
            yearly=requirement.first_yearly,
        )


def _line(
    person: _Person,
    change: _Change,
    topic: int,
    item: PlanItem | None,
    learning: Learning,
    on: datetime.date,
) -> tuple[bool, bool]:
    """Whether the line would differ, and whether a date of it would have passed."""
    old, new = change.before.get(topic), change.after.get(topic)
    was, will_be = person.planned(old), person.planned(new)
    if was is None and will_be is None:
        return False, False
    staff = person.staff_member
    line = item or PlanItem(topic_id=topic, person_id=staff.person_id)
    line.staff_member = staff
    had_passed = old is not None and _has_passed(line, old[0], was, learning, on)
    has_passed = new is not None and _has_passed(line, new[0], will_be, learning, on)
    return _reads(was, old) != _reads(will_be, new), has_passed and not had_passed


def _reads(planned: Planned | None, rule: Rule | None) -> tuple | None:
    """What the person would see of the line."""
    if planned is None or rule is None:
        return None
    requirement = rule[0]
    return (
        planned,
        requirement.phase.key,
        requirement.firmness,
        requirement.renewal,
        requirement.is_signed,
        requirement.is_before_families,
    )


def _has_passed(
    line: PlanItem,
    requirement: Requirement,
    planned: Planned | None,
    learning: Learning,
    on: datetime.date,
) -> bool:
    """As ``date_to_look_at`` asks of a line that is stored."""
    if planned is None or planned.obligation != Obligation.REQUIRED:
        return False
    if line.booked_on or line.waiting_since:
        return False
    noted = Noted(
        is_waived=line.waived_at is not None,
        is_started=bool(line.started_on or line.introduced_on),
    )
    staff = line.staff_member
    followed = follow(
        learning, staff, requirement, planned.portion, noted, employed_as(staff)
    )
    if followed.progress in TO_DO:
        day = line.agreed_on or planned.due_on
    elif followed.progress == Progress.COMPLETE:
        day = followed.renew_on
    else:
        day = None
    return day is not None and day < on
