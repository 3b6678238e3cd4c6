"""The people of the demonstration: three agencies, the statewide team, a partner.

Everyone is invented. Dates are told from today, so that the picture never ages.
"""

import contextlib
import datetime
import os
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import vault
from .actions import add_staff_member, grant_access, save_pause, tie_supervisor
from .models import Access, Agency, Pause, Person, Role

HARBOR, VALLEY, RIVERSIDE = "Harbor Families", "Valley Parents", "Riverside Beginnings"
COURT = "County Family Court"


@dataclass(frozen=True)
class Demo:
    """One person: ``login`` is the part before @demo.test, ``weeks`` since hire."""

    name: str
    agency: str
    roles: tuple[str, ...]
    weeks: int
    login: str = ""
    supervisor: str = ""
    on_paper: bool = False
    pause: tuple[int, int | None] | None = None
    accesses: tuple[str, ...] = field(default_factory=tuple)


PEOPLE = [
    Demo("Dana Whitfield", HARBOR, ("director",), 190, "director",
         "Vera Lindqvist", accesses=("director",)),
    Demo("Sam Okafor", HARBOR, ("supervisor", "provides-supervision"), 120,
         "supervisor", "Dana Whitfield"),
    Demo("Nia Fontes", HARBOR, ("frss",), 3, "newhire", "Sam Okafor"),
    Demo("Rosa Delgado", HARBOR, ("frss", "facilitates-groups"), 24, "frss",
         "Sam Okafor"),
    Demo("Clara Nguyen", HARBOR, ("clinician", "provides-supervision"), 60,
         "clinician", "Sam Okafor"),
    Demo("Paula Reyes", HARBOR, ("frss",), 18, "", "Sam Okafor", pause=(-10, 18)),
    Demo("Hank Morrow", HARBOR, ("frss",), 260, "", "Clara Nguyen", on_paper=True),
    Demo("June Abara", HARBOR, ("frss",), 310, "", "Clara Nguyen", on_paper=True),
    Demo("Wren Castillo", HARBOR, ("admin",), 40, "", "Dana Whitfield"),
    Demo("Vera Lindqvist", VALLEY, ("director",), 220, "", "Dana Whitfield",
         accesses=("director",)),
    Demo("Theo Banks", VALLEY, ("supervisor", "provides-supervision"), 30, "",
         "Vera Lindqvist"),
    Demo("Mateo Silva", VALLEY, ("frss",), 9, "", "Theo Banks"),
    Demo("Noor Haddad", RIVERSIDE, ("supervisor", "provides-supervision"), 90, "",
         "Vera Lindqvist", accesses=("director",)),
    Demo("Lee Tran", RIVERSIDE, ("frss",), 15, "", "Noor Haddad"),
]  # fmt: skip
BEYOND_STAFF = [
    ("Tess Amari", "tta", Access.Kind.TTA, None),
    ("Pat Quinn", "partner", Access.Kind.PARTNER, COURT),
]


@transaction.atomic
def load_demo_people() -> list[str]:
    """Make the demonstration's people once; later runs only renew the password.

    A demonstration also makes its key ring by itself; a real program never does.
    """
    with contextlib.suppress(FileExistsError):
        vault.init(on=timezone.localdate())
    changes = [_renew_passwords()] if Person.objects.exists() else _make_everyone()
    return [sentence for sentence in changes if sentence]


def _make_everyone() -> list[str]:
    agencies = {
        name: Agency.objects.create(name=name, kind=kind, after_hours_phone=phone)
        for name, kind, phone in [
            (HARBOR, Agency.Kind.PROGRAM, "555-0140"),
            (VALLEY, Agency.Kind.PROGRAM, "555-0150"),
            (RIVERSIDE, Agency.Kind.PROGRAM, "555-0160"),
            (COURT, Agency.Kind.PARTNER, ""),
        ]
    }
    roles = {role.key: role for role in Role.objects.all()}
    people = {}
    for number, demo in enumerate(PEOPLE):
        people[demo.name] = _make_person(demo.name, demo.login, number)
        _employ(demo, people[demo.name], agencies[demo.agency], roles)
    for demo in PEOPLE:
        _supervise(demo, people)
    for number, (name, login, kind, agency) in enumerate(BEYOND_STAFF, len(PEOPLE)):
        grant_access(
            person=_make_person(name, login, number),
            kind=kind,
            agency=agencies.get(agency),
            starts_on=timezone.localdate() - datetime.timedelta(days=400),
            by=None,
            at=timezone.now(),
        )
    return [f"{len(agencies)} agencies and {len(people) + len(BEYOND_STAFF)} people"]


def _make_person(name: str, login: str, number: int) -> Person:
    user = None
    if login:
        user = get_user_model()._default_manager.create_user(
            email=f"{login}@demo.test", password=_password()
        )
    return Person.objects.create(
        full_name=name,
        user=user,
        email=f"{login or name.split()[0].lower()}@demo.test",
        phone=f"555-01{number + 10:02d}",
    )


def _employ(demo: Demo, person: Person, agency: Agency, roles: dict[str, Role]) -> None:
    today, at = timezone.localdate(), timezone.now()
    staff_member = add_staff_member(
        person=person,
        agency=agency,
        hired_on=today - datetime.timedelta(weeks=demo.weeks),
        roles=[roles[key] for key in demo.roles],
        is_history_on_paper=demo.on_paper,
        by=None,
        at=at,
    )
    if demo.pause:
        first, last = (today + datetime.timedelta(days=days) for days in demo.pause)
        pause = Pause(staff_member=staff_member, starts_on=first, ends_on=last)
        save_pause(pause=pause, by=None, at=at)
    for kind in demo.accesses:
        grant_access(
            person=person,
            kind=kind,
            agency=agency,
            starts_on=staff_member.hired_on,
            by=None,
            at=at,
        )


def _supervise(demo: Demo, people: dict[str, Person]) -> None:
    supervisor = people[demo.supervisor]
    staff_member = people[demo.name].staff_members.get()
    is_from_here = supervisor.staff_members.filter(agency=staff_member.agency).exists()
    tie_supervisor(
        staff_member=staff_member,
        supervisor=supervisor,
        scope="plan",
        kind="main" if is_from_here else "outside",
        starts_on=staff_member.hired_on,
        ends_on=None,
        by=None,
        at=timezone.now(),
    )


def _password() -> str:
    """The password all demo logins share; ``run`` makes one and prints it."""
    return os.environ.get("DEMO_PASSWORD") or "walking-alongside"


def _renew_passwords() -> str:
    users = get_user_model()._default_manager.filter(email__endswith="@demo.test")
    stale = [user for user in users if not user.check_password(_password())]
    for user in stale:
        user.set_password(_password())
        user.save(update_fields=["password"])
    return f"{len(stale)} passwords renewed" if stale else ""
