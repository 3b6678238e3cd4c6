"""A director brings in a list of staff: looked at first, then applied, never twice."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lms import imports, outbox
from lms.imports import jobs
from lms.models import (
    AuditEntry,
    Import,
    ImportRow,
    OutboxMessage,
    Person,
    StaffMember,
    SupervisionTie,
)
from lms.rules import columns_of
from lms.signals import staff_changed
from lms.tables import read_table
from tests.factories import line

HEADER = "Full name,Work e-mail,Employee number,Hired on,Roles,Supervisor,Work phone\n"
NOA = "Noa Berg,noa@example.test,N1,2026-11-16,FRSS,,555-1\n"
MIA = "Mia Lund,mia@example.test,N2,11/16/2026,clinician,,\n"


@pytest.fixture
def bring_in(client, dina, northside):
    """Upload as Dina, look, and press the button; the work is done by a worker."""
    client.force_login(dina.user)

    def upload_and_apply(*lines: str) -> Import:
        job = looked_at(client, northside, *lines)
        client.post(reverse("lms:import_apply", args=[job.pk]))
        outbox.drain()
        job.refresh_from_db()
        return job

    return upload_and_apply


def looked_at(client, agency, *lines: str) -> Import:
    file = SimpleUploadedFile("staff.csv", (HEADER + "".join(lines)).encode())
    answer = client.post(
        reverse("lms:staff_import"), {"agency": agency.pk, "table": file}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.first()


def test_new_people_are_looked_at_then_brought_in_with_their_plans(
    client, dina, northside
):
    client.force_login(dina.user)
    job = looked_at(client, northside, NOA, MIA)
    page = client.get(reverse("lms:import_detail", args=[job.pk])).content.decode()
    assert "Bring in 2 lines" in page
    assert "Takes up: Family Recovery Support Specialist" in page
    assert "New people get no account by this" in page
    assert not Person.objects.filter(full_name="Noa Berg").exists()

    client.post(reverse("lms:import_apply", args=[job.pk]))
    waiting = client.get(reverse("lms:import_detail", args=[job.pk]))
    assert waiting["Refresh"] == "4"
    outbox.drain()
    done = client.get(reverse("lms:import_detail", args=[job.pk])).content.decode()
    assert "All new and changed lines are in." in done
    noa = StaffMember.objects.get(employee_id="N1")
    assert (noa.person.full_name, noa.agency, noa.person.user) == (
        "Noa Berg",
        northside,
        None,
    )
    assert noa.hired_on == datetime.date(2026, 11, 16)
    assert noa.plan.items.count() == 38


def test_the_same_list_twice_changes_nothing(bring_in):
    lines = [NOA, MIA.replace(",,\n", ",N1,\n")]
    assert bring_in(*lines).counts == {"new": 2}
    before = AuditEntry.objects.count()
    job = bring_in(*lines)
    assert job.counts == {"unchanged": 2}
    assert Person.objects.filter(full_name__in=["Noa Berg", "Mia Lund"]).count() == 2
    assert AuditEntry.objects.count() == before + 1


def test_blank_cells_erase_nothing_and_nobody_missing_is_touched(bring_in, lena):
    bring_in(NOA, MIA)
    job = bring_in(",,N1,,,,555-2\n")
    noa = StaffMember.objects.get(employee_id="N1")
    assert job.counts == {"changed": 1}
    assert noa.person.full_name == "Noa Berg"
    assert noa.person.phone == "555-2"
    assert noa.hired_on == datetime.date(2026, 11, 16)
    assert StaffMember.objects.employed().count() == 4


def test_a_later_role_and_hire_date_move_the_plan(bring_in):
    bring_in(NOA)
    noa = Person.objects.get(full_name="Noa Berg")
    before = line(noa, "OB-01").due_on
    bring_in("Noa Berg,noa@example.test,N1,2026-11-18,FRSS; clinician,,\n")
    assert line(noa, "OB-01").due_on == before + datetime.timedelta(days=2)
    assert noa.staff_members.get().roles_held.count() == 2


def test_a_supervisor_further_down_supervises_from_today(bring_in, dina):
    bring_in(NOA.replace(",,555", ",MIA@example.test,555"), MIA)
    noa = StaffMember.objects.get(employee_id="N1")
    [tie] = noa.supervision_ties.all()
    assert tie.supervisor.full_name == "Mia Lund"
    assert (tie.scope, tie.kind) == ("plan", "main")
    assert tie.starts_on == timezone.localdate()


def test_a_new_supervisor_ends_the_earlier_tie_but_no_stand_in(
    bring_in, lena, sam, ben, northside
):
    staff_member = lena.staff_members.get()
    StaffMember.objects.filter(pk=staff_member.pk).update(employee_id="L1")
    bring_in(MIA, ",,L1,,,N2,\n")
    current = SupervisionTie.objects.current(timezone.localdate())
    held = current.filter(staff_member=staff_member).order_by("kind")
    assert [(tie.supervisor.full_name, tie.kind) for tie in held] == [
        ("Ben", "backup"),
        ("Mia Lund", "main"),
    ]


def test_lines_that_need_another_look_say_why_and_stay_out(
    client, dina, northside, bring_in
):
    job = bring_in(NOA, "Kim,kim@example.test,,2026-02-30,Astronaut,,\n")
    assert job.counts == {"new": 1, "wrong": 1}
    page = client.get(reverse("lms:import_detail", args=[job.pk])).content.decode()
    assert "is no day of the calendar" in page
    assert "“Astronaut” is no role of this program." in page
    assert not Person.objects.filter(full_name="Kim").exists()


def test_people_of_another_agency_stay_unknown_and_untouched(
    client, dina, northside, olu, bring_in
):
    Person.objects.filter(pk=olu.pk).update(email="olu@example.test")
    job = bring_in(
        "Olu Two,OLU@example.test,,2026-11-16,FRSS,,\n",
        "Noa Berg,noa@example.test,,2026-11-16,FRSS,olu@example.test,\n",
    )
    assert job.counts == {"wrong": 2}
    told = [text for row in job.rows.all() for text in row.sentences]
    assert not [text for text in told if "Eastside" in text or "Olu" in text]
    olu.refresh_from_db()
    assert olu.full_name == "Olu"


def test_a_line_that_no_longer_fits_is_left_out_when_it_is_brought_in(
    client, dina, northside, olu
):
    client.force_login(dina.user)
    job = looked_at(client, northside, NOA, MIA)
    Person.objects.filter(pk=olu.pk).update(email="noa@example.test")
    client.post(reverse("lms:import_apply", args=[job.pk]))
    outbox.drain()
    job.refresh_from_db()
    assert job.counts == {"new": 1, "wrong": 1}
    assert "in use already" in job.rows.get().sentences[0]


def test_the_trail_tells_of_the_list_and_of_each_person(bring_in, dina):
    bring_in(NOA, MIA)
    job = bring_in(NOA, ",,N2,,,,555-9\n")
    mia = Person.objects.get(full_name="Mia Lund")
    acts = AuditEntry.objects.filter(about=mia).values_list("act", "actor", "facts")
    assert list(acts) == [
        ("staff.added", dina.pk, {"import": job.pk - 1}),
        ("staff.changed", dina.pk, {"import": job.pk}),
    ]
    entry = AuditEntry.objects.get(act="list.brought_in", target=f"lms.import:{job.pk}")
    assert entry.facts == {"kind": "lms.staff", "changed": 1, "unchanged": 1}


def test_the_lines_go_when_they_are_in_and_the_rest_after_seven_days(
    bring_in, monkeypatch
):
    job = bring_in(NOA, "Kim,,,,,,\n")
    assert [row.kind for row in ImportRow.objects.all()] == ["wrong"]
    message = OutboxMessage.objects.get(kind="lms.import_forget")
    assert message.due_at == job.read_at + datetime.timedelta(days=7)
    OutboxMessage.objects.update(due_at=timezone.now())
    outbox.drain()
    assert not Import.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_list_can_be_put_away_until_it_is_brought_in(client, dina, northside):
    client.force_login(dina.user)
    job = looked_at(client, northside, NOA)
    client.post(reverse("lms:import_discard", args=[job.pk]))
    assert not Import.objects.exists()
    job = looked_at(client, northside, NOA)
    client.post(reverse("lms:import_apply", args=[job.pk]))
    client.post(reverse("lms:import_discard", args=[job.pk]))
    assert Import.objects.get().state == "asked"


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(jobs, "TOGETHER", 2)


LONG = [
    f"Person {letter},{letter}@example.test,,2026-11-16,FRSS,{boss},\n"
    for letter, boss in [
        ("a", "e@example.test"),
        ("b", ""),
        ("c", "a@example.test"),
        ("d", ""),
        ("e", ""),
    ]
]


def test_a_long_list_comes_in_by_batches_with_one_signal_each(bring_in, small_batches):
    heard = []

    def hear(staff_members, **kwargs):
        heard.append(len(staff_members))

    staff_changed.connect(hear)
    job = bring_in(*LONG)
    staff_changed.disconnect(hear)
    assert (job.state, job.batches, job.batches_done) == ("finished", 6, 6)
    assert heard == [2, 2, 1, 1]  # and in the second round whoever waited for "e"
    first = StaffMember.objects.get(person__full_name="Person a")
    assert first.supervision_ties.get().supervisor.full_name == "Person e"


def test_an_import_that_was_killed_goes_on_where_it_was(
    client, dina, northside, small_batches, monkeypatch
):
    client.force_login(dina.user)
    job = looked_at(client, northside, *LONG)
    client.post(reverse("lms:import_apply", args=[job.pk]))
    real = jobs._finish

    def die(job, at):
        raise RuntimeError("killed")

    monkeypatch.setattr(jobs, "_finish", die)
    OutboxMessage.objects.update(attempts=outbox.MOST_ATTEMPTS - 1)
    outbox.drain()
    OutboxMessage.objects.filter(done_at=None, kind="lms.import_apply").update(
        attempts=outbox.MOST_ATTEMPTS - 1, due_at=timezone.now()
    )
    outbox.drain()
    job.refresh_from_db()
    assert (job.state, job.batches_done) == ("asked", 5)
    page = client.get(reverse("lms:import_detail", args=[job.pk]))
    assert "It stopped on the way" in page.content.decode()
    assert "Refresh" not in page
    people = Person.objects.count()

    monkeypatch.setattr(jobs, "_finish", real)
    client.post(reverse("lms:import_apply", args=[job.pk]))
    outbox.drain()
    job.refresh_from_db()
    assert job.state == "finished"
    assert Person.objects.count() == people


def test_a_message_that_comes_twice_brings_in_nothing_twice(bring_in, at):
    job = bring_in(NOA)
    Import.objects.update(state="asked", batches=2)
    imports.apply_from_outbox({"import": job.pk, "batch": 0}, at)
    assert Import.objects.get().batches_done == 1


def test_queries_do_not_grow_with_the_list(dina, northside, at):
    def cost(first: int, size: int) -> int:
        lines = "".join(
            f"Person x,p{number}@example.test,,2026-11-16,FRSS,,\n"
            for number in range(first, first + size)
        )
        table = read_table(io.BytesIO((HEADER + lines).encode()), 1)
        with CaptureQueriesContext(connection) as queries:
            job = imports.begin(
                kind="lms.staff", agency=northside, table=table,
                columns=columns_of(table.header), file_name="x", by=dina, at=at,
            )  # fmt: skip
            imports.look_at(job=job)
            imports.ask_to_apply(job=job)
            outbox.drain()
        return len(queries)

    cost(0, 1)
    one = cost(10, 1)
    # On SQLite a statement holds some forty lines of a plan: those queries do grow.
    assert cost(20, 20) < one + 25


def test_the_page_is_light_however_long_the_list(client, dina, northside):
    client.force_login(dina.user)
    many = [f"P,p{n}@example.test,,2026-11-16,FRSS,,\n" for n in range(300)]
    job = looked_at(client, northside, *many, "Kim,,,,,,\n")
    address = reverse("lms:import_detail", args=[job.pk])
    assert "Give an employee number" in client.get(address).content.decode()
    page = client.get(address, {"kind": "new", "page": 6}).content.decode()
    assert "Page 6 of 6" in page
    assert len(page) < 60_000
    assert client.get(address, {"kind": "?", "page": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Name,Phone\nNoa,1\n", "No column is called “Work e-mail”"),
        (b"PK\x03\x04", "cannot be read"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_next_to_the_field(
    client, dina, northside, content, sentence
):
    client.force_login(dina.user)
    page = client.post(
        reverse("lms:staff_import"),
        {"agency": northside.pk, "table": SimpleUploadedFile("x.csv", content)},
    ).content.decode()
    assert sentence in page
    assert not Import.objects.exists()


def test_nobody_brings_a_list_into_another_agency(client, dina, northside, eastside):
    client.force_login(dina.user)
    file = SimpleUploadedFile("x.csv", (HEADER + NOA).encode())
    client.post(reverse("lms:staff_import"), {"agency": eastside.pk, "table": file})
    assert not Import.objects.exists()


def test_the_templates_hold_the_columns_and_nobody(client, dina, northside):
    client.force_login(dina.user)
    content = client.get(reverse("lms:staff_import_template", args=["xlsx"])).content
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert len(rows) == 1
    assert columns_of(rows[0]).keys() >= {"full_name", "email", "supervisor"}
    text = client.get(reverse("lms:staff_import_template", args=["csv"])).content
    assert text.decode("utf-8-sig").splitlines()[0].startswith("Full name,Called")
    assert (
        client.get(reverse("lms:staff_import_template", args=["pdf"])).status_code
        == 404
    )
