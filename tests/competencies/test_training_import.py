"""A training record from another system: mapped once, looked at, appended once."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competencies import actions
from competencies.models import (
    Completion,
    ImportedTitle,
    ImportMapping,
    PlanItem,
    Topic,
    TrainingRecord,
)
from competencies.rules import (
    Meant,
    Noted,
    Somebody,
    folded,
    judge_entries,
    read_entry,
)
from lms import outbox
from lms.models import AuditEntry, Import, Person
from tests.factories import line

TODAY = datetime.date(2026, 11, 24)
HEADER = "User;User name;Course;Finished;Hours;Expires\n"
SAFE = "lena@example.test;Lena;Safe Sleep Basics;03/11/2026 14:02;1:30;\n"
OTHER = "LENA@example.test;Lena;Fire drill;04/11/2026;0;\n"
COLUMNS = {
    "person": 0,
    "title": 2,
    "completed_on": 3,
    "hours": 4,
    "expires_on": 5,
    "is_day_first": "1",
}


@pytest.fixture
def lena(lena) -> Person:
    lena.email = "lena@example.test"
    lena.save()
    return lena


def url(page: str, *args: int) -> str:
    return reverse(f"lms_competencies:training_import{page}", args=args)


def upload(client, agency, *lines: str) -> Import:
    file = SimpleUploadedFile("relias.csv", (HEADER + "".join(lines)).encode())
    answer = client.post(url(""), {"agency": agency.pk, "table": file})
    job = Import.objects.first()
    assert answer.url == url("_columns", job.pk)
    return job


@pytest.fixture
def safe_sleep(starter_plan) -> Topic:
    return Topic.objects.get(code="OB-13")


@pytest.fixture
def chosen(client, dina, northside, lena, safe_sleep):
    """Upload as Dina and make every choice; the list is ready to come in."""
    client.force_login(dina.user)

    def choose(*lines: str) -> Import:
        job = upload(client, northside, *lines)
        client.post(url("_columns", job.pk), COLUMNS)
        if ImportedTitle.objects.count() < 2:
            titles = {"line_2": f"{safe_sleep.pk}:", "line_3": "none"}
            client.post(url("_titles", job.pk), titles)
        job.refresh_from_db()
        return job

    return choose


def bring_in(client, job: Import) -> Import:
    client.post(reverse("lms:import_apply", args=[job.pk]))
    outbox.drain()
    job.refresh_from_db()
    assert job.state == "finished"
    return job


def test_a_record_is_mapped_looked_at_and_waits_for_a_signature(
    client, dina, northside, lena, sam, safe_sleep
):
    client.force_login(dina.user)
    job = upload(client, northside, SAFE, OTHER)
    page = client.get(url("_columns", job.pk)).content.decode()
    assert "Course (Safe Sleep Basics)" in page
    answer = client.post(url("_columns", job.pk), COLUMNS)
    assert answer.url == url("_titles", job.pk)
    page = client.get(answer.url).content.decode()
    assert "Fire drill" in page
    answer = client.post(answer.url, {"line_2": f"{safe_sleep.pk}:", "line_3": "none"})
    assert answer.url == reverse("lms:import_detail", args=[job.pk])
    page = client.get(answer.url).content.decode()
    assert "Bring in 1 line" in page
    assert "They wait for a signature" in page

    assert bring_in(client, job).counts == {"new": 1, "unchanged": 1}
    record = TrainingRecord.objects.get(person=lena)
    assert (record.how, record.title) == ("import", "Safe Sleep Basics")
    assert record.completed_on == datetime.date(2026, 11, 3)
    assert record.hours == Decimal("1.50")
    assert record.recorded_by == dina
    item = line(lena, "OB-13")
    assert item.progress == "awaiting"
    assert item in PlanItem.objects.awaiting_signature_by(sam)


def test_choices_are_remembered_for_the_next_list(client, chosen, northside):
    chosen(SAFE, OTHER)
    assert ImportMapping.objects.get().columns["title"] == "Course"
    job = upload(client, northside, SAFE.replace("Basics", "BASICS"))
    page = client.get(url("_columns", job.pk)).content.decode()
    assert '<option value="2" selected>Course' in page
    answer = client.post(url("_columns", job.pk), COLUMNS)
    assert answer.url == reverse("lms:import_detail", args=[job.pk])


def test_a_title_that_was_chosen_wrongly_can_be_chosen_anew(client, chosen):
    job = chosen(SAFE, OTHER)
    page = client.get(url("_titles", job.pk)).content.decode()
    assert '<option value="none" selected>' in page
    client.post(url("_titles", job.pk), {"line_2": "none"})
    job.refresh_from_db()
    assert job.counts == {"unchanged": 2}
    assert ImportedTitle.objects.filter(topic=None).count() == 2


def test_the_same_record_twice_appends_nothing(client, chosen, lena):
    bring_in(client, chosen(SAFE, OTHER, SAFE))
    before = AuditEntry.objects.filter(about=lena).count()
    job = bring_in(client, chosen(SAFE, OTHER))
    assert job.counts == {"unchanged": 2}
    assert Completion.objects.count() == 1
    assert AuditEntry.objects.filter(about=lena).count() == before


def test_what_was_taken_back_does_not_come_in_again(client, chosen, lena):
    bring_in(client, chosen(SAFE, OTHER))
    Completion.objects.update(withdrawn_at=timezone.now())
    assert chosen(SAFE).counts == {"unchanged": 1}


def test_only_people_who_work_here_are_found(client, chosen, olu):
    Person.objects.filter(pk=olu.pk).update(email="olu@example.test")
    job = chosen(SAFE, OTHER, SAFE.replace("lena@", "olu@"))
    assert job.counts == {"new": 1, "unchanged": 1, "wrong": 1}
    [sentence] = job.rows.get(kind="wrong").sentences
    assert "Nobody who works here has the address" in sentence


def test_what_is_not_clear_says_why(chosen):
    job = chosen(
        SAFE,
        OTHER,
        SAFE.replace("03/11/2026 14:02", "31/11/2026"),
        SAFE.replace("03/11/2026 14:02", "25/11/2026"),
        SAFE.replace("03/11/2026 14:02", ""),
        SAFE.replace(";1:30;", ";many;"),
        SAFE.replace(";1:30;", ";;02/11/2026"),
    )
    told = {row.line: " ".join(row.sentences) for row in job.rows.all()}
    assert "no day of the calendar" in told[4]
    assert "still to come" in told[5]
    assert "Not finished yet" in told[6]
    assert "no number" in told[7]
    assert "before the day of completion" in told[8]


def test_a_column_is_chosen_once_and_those_needed_at_all(client, dina, northside, lena):
    client.force_login(dina.user)
    job = upload(client, northside, SAFE)
    page = client.post(
        url("_columns", job.pk), {"person": 0, "title": 0}
    ).content.decode()
    assert "chosen for two things" in page
    assert "This field is required" in page
    assert client.get(url("_titles", job.pk)).url == url("_columns", job.pk)
    assert client.get(reverse("lms:import_detail", args=[job.pk])).url == url(
        "_columns", job.pk
    )


def test_titles_that_a_topic_bears_are_suggested(client, dina, northside, lena):
    client.force_login(dina.user)
    topic = Topic.objects.get(code="OB-01")
    job = upload(
        client, northside, SAFE.replace("Safe Sleep Basics", topic.title.upper())
    )
    client.post(url("_columns", job.pk), COLUMNS)
    page = client.get(url("_titles", job.pk)).content.decode()
    assert f'<option value="{topic.pk}:" selected>' in page


def test_a_portion_is_chosen_where_a_plan_asks_for_portions(
    client, dina, northside, lena
):
    client.force_login(dina.user)
    job = upload(client, northside, SAFE)
    client.post(url("_columns", job.pk), COLUMNS)
    item = PlanItem.objects.exclude(portion="").first()
    topic = item.topic if item else Topic.objects.get(title__startswith="Mothering")
    answer = client.post(url("_titles", job.pk), {"line_2": f"{topic.pk}:"})
    assert "Select a valid choice" in answer.content.decode()
    client.post(url("_titles", job.pk), {"line_2": f"{topic.pk}:didactic"})
    bring_in(client, job)
    assert Completion.objects.get().portion == "didactic"


def test_many_completions_cost_as_many_queries_as_a_few(
    dina, northside, lena, at, assert_queries_do_not_grow
):
    topics = list(Topic.objects.filter(code__startswith="OB"))
    days = iter(range(1000))

    def some(count: int):
        return [
            actions.ImportedTraining(
                person=lena.pk,
                topic=topic.pk,
                portion="",
                title=topic.title,
                noted=Noted(TODAY - datetime.timedelta(days=next(days))),
            )
            for topic in topics
            for _ in range(count)
        ]

    sizes = iter([1, 1, 4, 4])  # as many rows as one insert takes
    assert_queries_do_not_grow(
        lambda: actions.record_imported_trainings(
            told=some(next(sizes)), by=dina, at=at
        ),
        lambda: None,
    )


texts = st.sampled_from(
    ["", "lena@x.org", "7", "Safe Sleep", "safe  SLEEP", "Fire drill", "Unknown", "2026-11-03",
     "3/11/2026", "2027-01-01", "=1", "1:30", "0", "x"]
) | st.text(max_size=8)  # fmt: skip
lines = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("person", "title", "completed_on", "hours", "expires_on"), texts)
    )
    | st.fixed_dictionaries(
        {
            "person": st.sampled_from(["lena@x.org", "LENA@x.org", "7", "8"]),
            "title": st.sampled_from(["Safe Sleep", "safe  SLEEP", "Fire drill"]),
            "completed_on": st.sampled_from(["2026-11-03", "2026-11-04", ""]),
        }
    ),
    max_size=8,
)
LENA = Somebody(1, "Lena")


def judged(cells: list[dict], recorded=frozenset()):
    return judge_entries(
        [read_entry(number, each) for number, each in enumerate(cells, 2)],
        people={"lena@x.org": LENA, "7": LENA},
        meanings={"safe sleep": Meant(3, "", "Safe sleep"), "fire drill": None},
        recorded=recorded,
        today=TODAY,
    )


@given(lines)
def test_every_line_comes_to_one_thing_and_a_second_time_to_nothing(cells):
    first = judged(cells)
    assert [each.entry.line for each in first] == [*range(2, len(cells) + 2)]
    assert all(each.sentences for each in first)
    new = [each for each in first if each.kind == "new"]
    facts = [
        (each.person.pk, each.meant.topic, each.entry.values["completed_on"].mark,
         folded(each.entry.title))
        for each in new
    ]  # fmt: skip
    assert len(facts) == len(set(facts))
    again = judged(cells, recorded=set(facts))
    assert [each.kind for each in again] == [
        "unchanged" if each.kind == "new" else each.kind for each in first
    ]
