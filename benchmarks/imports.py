"""What bringing in a long list costs: python benchmarks/imports.py [10000]

A program is made in a folder of its own, then a list of that many new staff is read,
looked at and brought in, by the same functions as in the product, with the plans that
follow from it. The same list is brought in a second time: nothing may change. Then a
list of as many completed trainings. Figures are wall seconds, the processor's seconds
(fairer on a machine that is shared) and the most memory the process has ever held.
"""

import datetime
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TITLES = ["Safe Sleep", "Narcan", "Confidentiality", "Motivational Interviewing"]


@contextmanager
def timed(what: str) -> Iterator[None]:
    start, used = time.perf_counter(), time.process_time()
    yield
    taken, used = time.perf_counter() - start, time.process_time() - used
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{what:36} {taken:6.1f} s  cpu {used:6.1f} s  {most:5} MB\n")
    sys.stdout.flush()


def workbook(header: list[str], rows: Iterator[list]) -> io.BytesIO:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [header, *rows]:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content


def staff(size: int) -> io.BytesIO:
    """Every fiftieth supervises those around; half of these stand further down."""
    header = ["Full name", "Work e-mail", "Employee number", "Work phone"]
    header += ["Hired on", "Roles", "Supervisor"]
    first = datetime.date(2024, 1, 1)
    return workbook(
        header,
        (
            [
                f"Person {number:05d}",
                f"person{number}@benchmark.example",
                f"N{number:05d}",
                f"555-{number:05d}",
                first + datetime.timedelta(days=number % 900),
                "FRSS; facilitates-groups" if number % 3 else "clinician",
                f"person{(number * 37) % size // 50 * 50}@benchmark.example"
                if number % 50
                else "",
            ]
            for number in range(size)
        ),
    )


def trainings(size: int) -> io.BytesIO:
    first = datetime.date(2025, 1, 1)
    return workbook(
        ["Email", "Course", "Completed", "Hours"],
        (
            [
                f"person{number // 2}@benchmark.example",
                TITLES[number % len(TITLES)],
                first + datetime.timedelta(days=number % 300),
                2,
            ]
            for number in range(size)
        ),
    )


def bring_in(what: str, file: io.BytesIO, begin: Callable) -> None:
    from django.utils import timezone

    from lms import imports, outbox
    from lms.models import OutboxMessage
    from lms.tables import read_table

    with timed(f"{what}: read"):
        table = read_table(file, len(file.getvalue()))
    with timed(f"{what}: keep the lines"):
        job = begin(table, timezone.now())
    with timed(f"{what}: look at all lines"):
        imports.look_at(job=job)
    with timed(f"{what}: bring in"):
        imports.ask_to_apply(job=job)
        outbox.drain()
    job.refresh_from_db()
    failed = OutboxMessage.objects.exclude(last_error="").values_list("last_error")
    sys.stdout.write(f"{what}: {job.counts} {job.state} {[*failed]}\n\n")


def main() -> None:
    if not os.environ.get("BENCHMARK_SIZE"):
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "ALONGSIDE_VAR": folder,
                "BENCHMARK_SIZE": (sys.argv[1:] or ["10000"])[0],
                "DJANGO_SETTINGS_MODULE": "lms.project.settings.demo",
                "PYTHONPATH": str(ROOT),
            }
            subprocess.run([sys.executable, __file__], env=environment, check=True)
        return
    import django

    django.setup()
    run(int(os.environ["BENCHMARK_SIZE"]))


def run(size: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from competencies.imports import TRAININGS, remember_titles, suggested_columns
    from competencies.models import Topic
    from lms import imports
    from lms.models import Agency, Person
    from lms.rules import columns_of

    settings.LMS_OUTBOX_INLINE = True
    for command in (["migrate"], ["load_starter"]):
        call_command(*command, verbosity=0, stdout=open(os.devnull, "w"))
    agency = Agency.objects.create(name="Benchmark")
    by = Person.objects.create(full_name="Director")
    told = {"agency": agency, "by": by, "file_name": "list.xlsx"}

    def begin_staff(table: object, at: datetime.datetime) -> object:
        columns = columns_of(table.header)
        kind = imports.STAFF.key
        return imports.begin(kind=kind, table=table, columns=columns, at=at, **told)

    def begin_trainings(table: object, at: datetime.datetime) -> object:
        kind = TRAININGS.key
        job = imports.begin(kind=kind, table=table, columns={}, at=at, **told)
        columns = suggested_columns(job)
        imports.choose_columns(job=job, columns=columns, is_day_first=False)
        return job

    bring_in(f"{size} staff", staff(size), begin_staff)
    bring_in("the same again", staff(size), begin_staff)
    topics = Topic.objects.filter(code__startswith="OB")[: len(TITLES)]
    chosen = {
        title: (topic.pk, "") for title, topic in zip(TITLES, topics, strict=True)
    }
    remember_titles(agency=agency, chosen=chosen)
    bring_in(f"{size} trainings", trainings(size), begin_trainings)
    bring_in("the same again", trainings(size), begin_trainings)


if __name__ == "__main__":
    main()
