"""What keeping everybody's plans costs: python benchmarks/sync.py [10000]

That many staff are employed, of different roles, hire dates and pauses. Their plans are
made from nothing, synced again without a change, synced after the training team moved a
date for everybody, and synced once more. Then the floor: the same rows, built from
nothing but their columns, by Django's bulk_create in portions of as many people.

Figures are wall seconds; the processor's seconds of this process and, where PostgreSQL
runs on this machine, of its backend (fairer on a machine that is shared); queries for
each thousand people; the most memory the process has held so far. Without DATABASE_URL
it is SQLite in a folder of its own; with it, a database of its own is made and dropped.
"""

import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
TOGETHER = 500
ROLES = [
    ["frss"],
    ["frss", "facilitates-groups"],
    ["clinician"],
    ["clinician", "supervisor", "provides-supervision"],
    ["supervisor", "provides-supervision"],
]


def backend_seconds() -> float:
    """Processor seconds of the database's own process, if it is one and runs here."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def timed(what: str, size: int, work: Callable[[], object]) -> float:
    """Do it and print what it cost; returns the processor's seconds."""
    from django.db import connection

    count = [0]

    def counted(execute: Callable, *args: object) -> object:
        count[0] += 1
        return execute(*args)

    wall, own, database = time.perf_counter(), time.process_time(), backend_seconds()
    with connection.execute_wrapper(counted):
        told = work()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    database = backend_seconds() - database
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"{what:28} {wall:6.1f} s  cpu {own:5.1f} + {database:5.1f} s  "
        f"{count[0] * 1000 / size:6.1f} queries/1000  {most:4} MB  {told}\n"
    )
    sys.stdout.flush()
    return own + database


def hire(size: int) -> list[int]:
    """Staff as an import leaves them before there are plans; returns their keys."""
    from lms.models import Agency, Pause, Person, Role, RoleHeld, StaffMember

    agency = Agency.objects.create(name="Benchmark")
    roles = Role.objects.in_bulk(field_name="key")
    first = datetime.date(2024, 1, 1)
    people = Person.objects.bulk_create(
        Person(full_name=f"Person {number:05d}") for number in range(size)
    )
    staff = StaffMember.objects.bulk_create(
        StaffMember(
            person=person,
            agency=agency,
            hired_on=first + datetime.timedelta(days=number % 900),
        )
        for number, person in enumerate(people)
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(staff_member=each, role=roles[key])
        for number, each in enumerate(staff)
        for key in ROLES[number % len(ROLES)]
    )
    Pause.objects.bulk_create(
        Pause(
            staff_member=each,
            starts_on=each.hired_on + datetime.timedelta(days=40),
            ends_on=each.hired_on + datetime.timedelta(days=40 + each.pk % 60),
        )
        for each in staff[::10]
    )
    return [each.pk for each in staff]


def floor(keys: list[int]) -> str:
    """The same rows from their columns: nothing read, compared or worked out.

    Whoever has the same roles gets the lines of the first who has them.
    """
    from django.db import transaction
    from django.utils import timezone

    from competencies.models import ChecklistItem, PlanItem, StaffPlan
    from lms.models import StaffMember

    now, samples = timezone.now(), keys[: len(ROLES)]
    lines = [_columns(PlanItem, key) for key in samples]
    checklists = [_columns(ChecklistItem, key) for key in samples]
    version = StaffPlan.objects.first().version_id
    people = dict(StaffMember.objects.values_list("pk", "person"))
    for model in (PlanItem, ChecklistItem, StaffPlan):
        model.objects.all()._raw_delete("default")  # noqa: SLF001  (nothing hangs on them)

    def create() -> str:
        count = 0
        for start in range(0, len(keys), TOGETHER):
            batch = [
                (
                    number % len(ROLES),
                    {"person_id": people[key], "staff_member_id": key},
                )
                for number, key in enumerate(keys[start : start + TOGETHER], start)
            ]
            with transaction.atomic():
                plans = StaffPlan.objects.bulk_create(
                    StaffPlan(version_id=version, made_at=now, **own)
                    for _mix, own in batch
                )
                for model, rows in ((ChecklistItem, checklists), (PlanItem, lines)):
                    made = model.objects.bulk_create(
                        model(staff_plan=plan, **own, **columns)
                        for plan, (mix, own) in zip(plans, batch, strict=True)
                        for columns in rows[mix]
                    )
                    count += len(made)
        return f"{count + len(keys)} rows"

    return timed("floor: bare bulk_create", len(keys), create)


def _columns(model: type, staff_member: int) -> list[dict]:
    """What the rows of one person hold, apart from whose they are."""
    own = {"id", "person_id", "staff_member_id", "staff_plan_id"}
    return [
        {name: value for name, value in row.items() if name not in own}
        for row in model.objects.filter(staff_member=staff_member).values()
    ]


def run(size: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from competencies.actions import sync_plans
    from competencies.models import PlanItem, RequirementAudience
    from lms.models import StaffMember

    for command in (["migrate"], ["load_starter"]):
        call_command(*command, verbosity=0, stdout=open(os.devnull, "w"))
    keys = hire(size)
    sys.stdout.write(f"{size} staff, {connection.vendor}\n")

    def sync() -> object:
        return sync_plans(staff_members=StaffMember.objects.all(), at=timezone.now())

    made = timed("plans from nothing", size, sync)
    timed("again, without a change", size, sync)
    RequirementAudience.objects.filter(requirement__topic__code="OB-01").update(
        offset_count=35
    )
    timed("one date moved for all", size, sync)
    count = PlanItem.objects.count()
    sys.stdout.write(f"{count} lines, {count / size:.1f} for each\n")
    least = floor(keys)
    sys.stdout.write(f"from nothing: {made / least:.2f} x the floor\n")


def database_of_its_own(url: str) -> str:
    """Make an empty database beside the one that was named; returns its address."""
    import psycopg

    parts = urlsplit(url)
    name = f"benchmark_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def drop(url: str, made: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{urlsplit(made).path[1:]}" WITH (FORCE)')


def main() -> None:
    if size := os.environ.get("BENCHMARK_SIZE"):
        import django

        django.setup()
        run(int(size))
        return
    url = os.environ.get("DATABASE_URL", "")
    made = database_of_its_own(url) if url else ""
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                **({"DATABASE_URL": made} if made else {}),
                "ALONGSIDE_VAR": folder,
                "BENCHMARK_SIZE": (sys.argv[1:] or ["10000"])[0],
                "DJANGO_SETTINGS_MODULE": "lms.project.settings.demo",
                "PYTHONPATH": str(ROOT),
            }
            subprocess.run([sys.executable, __file__], env=environment, check=True)
    finally:
        if made:
            drop(url, made)


if __name__ == "__main__":
    main()
