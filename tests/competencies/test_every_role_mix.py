"""The command, the page and the stored plans say the same, whatever the roles.

Every mix of the starter's roles, each with a hire date, without one, with the last of
the roles taken up later, and with a pause.
"""

import datetime
from itertools import combinations

import pytest
from django.utils import timezone

from competencies.actions import sync_plans
from competencies.management.commands.plan_preview import SECTIONS, first_plan, preview
from competencies.models import PlanItem
from competencies.rules import Hold, PauseDays
from competencies.views.lines import Reasons
from competencies.views.preview import phases_of_nobody
from lms.conf import conf
from lms.models import Pause, Person, Role, RoleHeld, StaffMember
from lms.rules import read_pack
from tests.factories import AgencyFactory

HIRED_ON = datetime.date(2026, 11, 30)
LATER = datetime.date(2027, 2, 1)
AWAY = PauseDays(datetime.date(2026, 12, 20), datetime.date(2027, 1, 10))
SITUATIONS = ["hired", "not hired", "role later", "pause"]
PACK = read_pack(conf.state_pack.read_text("utf-8"), SECTIONS)
KEYS = [role["key"] for role in PACK.entries["roles"]]
REASONS = {role["key"]: role["reason"] for role in PACK.entries["roles"]}
MIXES = [mix for size in range(len(KEYS) + 1) for mix in combinations(KEYS, size)]


def hired_on(situation: str) -> datetime.date | None:
    return None if situation == "not hired" else HIRED_ON


def taken_up(mix: tuple[str, ...], situation: str) -> dict[str, datetime.date | None]:
    last = mix[-1] if mix and situation == "role later" else None
    return {key: LATER if key == last else None for key in mix}


def previewed(mix: tuple[str, ...], situation: str) -> list[tuple]:
    lines = preview(
        first_plan(PACK),
        REASONS,
        holds=[Hold(key, on) for key, on in taken_up(mix, situation).items()],
        hired_on=hired_on(situation),
        pauses=[AWAY] if situation == "pause" else [],
    )
    return [
        (
            line["code"],
            line["obligation"],
            line["portion"] or "",
            line["date"],
            line["why"],
        )
        for line in lines
    ]


def told(item: PlanItem, reasons: Reasons) -> tuple:
    due_on = item.due_on.isoformat() if item.due_on else None
    return (item.topic.code, item.obligation, item.portion, due_on, reasons.why(item))


@pytest.fixture
def staff(starter_plan) -> dict[tuple, StaffMember]:
    """Somebody of every kind, with the plan that is stored for them."""
    agency, roles = AgencyFactory(), {role.key: role for role in Role.objects.all()}
    wanted = [(mix, situation) for mix in MIXES for situation in SITUATIONS]
    people = Person.objects.bulk_create(
        Person(full_name=f"Person {number}") for number in range(len(wanted))
    )
    made = StaffMember.objects.bulk_create(
        StaffMember(person=person, agency=agency, hired_on=hired_on(situation))
        for person, (_mix, situation) in zip(people, wanted, strict=True)
    )
    found = dict(zip(wanted, made, strict=True))
    RoleHeld.objects.bulk_create(
        RoleHeld(staff_member=each, role=roles[key], starts_on=on)
        for (mix, situation), each in found.items()
        for key, on in taken_up(mix, situation).items()
    )
    Pause.objects.bulk_create(
        Pause(staff_member=each, starts_on=AWAY.starts_on, ends_on=AWAY.ends_on)
        for (_mix, situation), each in found.items()
        if situation == "pause"
    )
    sync_plans(staff_members=made, at=timezone.now())
    return found


def test_the_command_says_of_every_mix_what_the_stored_plan_says(staff):
    reasons, stored = Reasons(), {}
    items = PlanItem.objects.in_plan_order().select_related("topic")
    for item in items.filter(staff_member__in=staff.values()):
        stored.setdefault(item.staff_member_id, []).append(told(item, reasons))
    assert len(staff) == 2 ** len(KEYS) * len(SITUATIONS)
    for (mix, situation), each in staff.items():
        assert stored.get(each.pk, []) == previewed(mix, situation), (mix, situation)


@pytest.mark.parametrize("situation", ["hired", "not hired"])
def test_the_page_says_of_every_mix_what_the_command_says(starter_plan, situation):
    reasons = Reasons()
    for mix in MIXES:
        shown = [
            told(line.item, reasons)
            for part in phases_of_nobody(mix, hired_on(situation))
            for line in part.lines
        ]
        assert shown == previewed(mix, situation), mix
