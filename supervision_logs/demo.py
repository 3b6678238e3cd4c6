"""Believable supervision for the demonstration's people: five weeks of it."""

import datetime

from django.db import transaction
from django.utils import timezone

from lms.models import Person, StaffMember

from .actions import Told, confirm_statement, log_session, set_standing_hour
from .hours import month_before, month_of
from .models import AgendaItem, FollowUp, SupervisionSession
from .reports import statement_of

WEEKS = 12
PAIRS = [
    ("Nia Fontes", "Sam Okafor", 1),
    ("Rosa Delgado", "Sam Okafor", 2),
    ("Clara Nguyen", "Sam Okafor", 3),
    ("Sam Okafor", "Dana Whitfield", 0),
]
AWAY = 3  # weeks ago the supervisor was away


@transaction.atomic
def load_demo_supervision() -> list[str]:
    """Log it once; safe to run again."""
    if SupervisionSession.objects.exists() or not Person.objects.exists():
        return []
    for name, supervisor, weekday in PAIRS:
        _meet_weekly(name, supervisor, weekday)
    _meet_as_a_group()
    _say_what_is_next()
    return [f"{SupervisionSession.objects.count()} sessions of supervision"]


def _pair(name: str, supervisor: str) -> tuple[StaffMember, Person]:
    staff = StaffMember.objects.select_related("person", "agency")
    return (
        staff.get(person__full_name=name),
        Person.objects.get(full_name=supervisor),
    )


def _meet_weekly(name: str, supervisor: str, weekday: int) -> None:
    staff_member, giver = _pair(name, supervisor)
    today, now = timezone.localdate(), timezone.now()
    first = max(staff_member.hired_on, today - datetime.timedelta(weeks=WEEKS))
    values = {"weekday": weekday, "begins_at": datetime.time(10)}
    set_standing_hour(
        staff_member=staff_member, supervisor=giver, values=values, on=first
    )
    day = first + datetime.timedelta(days=(weekday - first.weekday()) % 7)
    while day < today:
        _meet(staff_member, giver, day, now, weeks_ago=(today - day).days // 7)
        day += datetime.timedelta(weeks=1)
    _confirm_last_month(staff_member, giver, now)


def _meet(
    staff_member: StaffMember,
    giver: Person,
    day: datetime.date,
    now: datetime.datetime,
    *,
    weeks_ago: int,
) -> None:
    facts = {"held_on": day, "minutes": 60, "because": "paper"}
    words = {"themes": ["Boundaries"] if weeks_ago % 2 else ["Engagement"]}
    if weeks_ago == AWAY:
        facts |= {"minutes": 0, "state": "not_held"}
        facts |= {"not_held_because": "supervisor_away"}
        words = {}
    elif staff_member.person.full_name == "Sam Okafor":
        facts |= {"reflective_minutes": 60}
    told = Told(facts, {staff_member: None}, words)
    by = giver if weeks_ago % 3 else staff_member.person
    log_session(given_by=giver, told=told, by=by, at=now)


def _confirm_last_month(
    staff_member: StaffMember, giver: Person, now: datetime.datetime
) -> None:
    """The staff member has; the supervisor has it before them."""
    month = month_before(month_of(timezone.localdate()))
    seen = statement_of(staff_member, giver, month).statement.seen
    confirm_statement(
        staff_member=staff_member,
        supervisor=giver,
        month=month,
        seen=seen,
        by=staff_member.person,
        at=now,
    )


def _meet_as_a_group() -> None:
    sam = Person.objects.get(full_name="Sam Okafor")
    names = ["Nia Fontes", "Rosa Delgado", "Clara Nguyen"]
    staff = [_pair(name, "Sam Okafor")[0] for name in names]
    facts = {
        "held_on": timezone.localdate() - datetime.timedelta(days=4),
        "minutes": 90,
        "format": "group",
    }
    roster = dict.fromkeys(staff) | {staff[-1]: 45}
    log_session(given_by=sam, told=Told(facts, roster), by=sam, at=timezone.now())


def _say_what_is_next() -> None:
    staff_member, sam = _pair("Nia Fontes", "Sam Okafor")
    today = timezone.localdate()
    own = {"person": staff_member.person, "staff_member": staff_member}
    AgendaItem.objects.create(
        **own,
        supervisor=sam,
        text="How to say no to rides after hours",
        by=staff_member.person,
        noted_on=today,
    )
    FollowUp.objects.create(
        **own,
        supervisor=sam,
        text="Find a first visit to go along on",
        owner=sam,
        due_on=today + datetime.timedelta(days=6),
        noted_by=sam,
        noted_on=today,
    )
