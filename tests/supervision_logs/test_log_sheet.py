"""One's own log on paper: every figure adds up, and words go along by a tick."""

import csv
import datetime
import io
import re
from decimal import Decimal

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.registry import all_measures
from supervision_logs import actions
from supervision_logs.hours import Held, totals
from supervision_logs.reports import statement_of
from tests.factories import employ, person

from .conftest import NOVEMBER, address, page, signed_in
from .test_coverage import DAYS

CHOSEN = {"first": "2026-01-01", "last": "2026-11-24"}
SPLIT = st.builds(
    lambda day, parts, rest, kind: Held(
        day, sum(parts.values()) + rest, parts, format=kind
    ),
    DAYS,
    st.dictionaries(st.sampled_from(["reflective", "clinical"]), st.integers(0, 90)),
    st.integers(0, 60),
    st.sampled_from(["individual", "group"]),
)


@given(st.lists(SPLIT, max_size=20))
def test_any_grouping_adds_up_to_the_same_minutes(sessions):
    found = totals(sessions)
    assert found.minutes == sum(each.minutes for each in sessions)
    for group in (found.by_format, found.by_occasion, found.by_mode, found.by_purpose):
        assert sum(group.values()) == found.minutes
    assert found.sessions == len(sessions)
    assert found.weeks <= len(sessions)


@pytest.fixture
def log(meet, lena, sam, at):
    words = {"summary": "What came easily.", "themes": ["Boundaries"]}
    split = {"reflective_minutes": 40, "administrative_minutes": 20}
    meet(on=datetime.date(2026, 11, 12), words=words, **split)
    meet(on=datetime.date(2026, 11, 19), minutes=45, mode="phone")
    meet(on=datetime.date(2026, 11, 20), minutes=0, state="not_held")
    pair = {"staff_member": lena.staff_members.get(), "supervisor": sam}
    seen = statement_of(**pair, month=NOVEMBER).statement.seen
    for by in (lena, sam):
        actions.confirm_statement(**pair, month=NOVEMBER, seen=seen, by=by, at=at)
    meet(on=datetime.date(2026, 11, 24), minutes=30, by=lena)


def taken(client, kind: str, **ticks: str):
    return client.get(address("log_sheet"), {**CHOSEN, "as": kind, **ticks})


def test_the_table_has_every_session_and_adds_up(log, lena):
    answer = taken(signed_in(lena), "csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Minutes"] for row in rows] == ["60", "45", "30"]
    assert [row["Confirmed"] for row in rows] == [
        "by both",
        "by both",
        "logged by Lena",
    ]
    assert rows[0]["Of that"] == "reflective 40, administrative 20"
    assert rows[1]["Format"] == "Individual, Planned, Phone"
    assert {row["General content"] for row in rows} == {""}


def test_the_page_says_how_often_and_how_much(log, lena):
    read = taken(signed_in(lena), "print").content.decode()
    assert "3 sessions in 3 weeks, 135 min in all" in read
    minutes = [int(n) for n in re.findall(r"<td>(\d+)</td>", read)]
    assert sum(minutes) == 135
    for sentence in ("Reflective", "For no single purpose", "November 2026: Sam"):
        assert sentence in read
    assert "signature, credentials, date" in read
    assert len(re.findall(r"[0-9a-f]{64}", read)) == 2


def test_words_go_along_only_by_a_tick_each(log, lena):
    client = signed_in(lena)
    for ticks, there in [
        ({}, []),
        ({"with_themes": "on"}, ["Boundaries"]),
        ({"with_summaries": "on"}, ["What came easily."]),
        (
            {"with_themes": "on", "with_summaries": "on"},
            ["Boundaries. What came easily."],
        ),
    ]:
        read = taken(client, "print", **ticks).content.decode()
        for words in ("Boundaries", "What came easily."):
            assert (words in read) == any(words in each for each in there)


def test_the_pdf_says_the_same(log, lena):
    answer = taken(signed_in(lena), "pdf", with_themes="on")
    reader = pypdf.PdfReader(io.BytesIO(answer.getvalue()))
    text = " ".join(" ".join(each.extract_text().split()) for each in reader.pages)
    assert "3 sessions in 3 weeks, 135 min in all" in text
    assert "Boundaries" in text
    assert "What came easily" not in text
    assert "no-store" in answer["Cache-Control"]


def test_a_long_log_with_long_words_is_set(meet, lena):
    for week in range(3):
        day = datetime.date(2026, 11, 24) - datetime.timedelta(weeks=week)
        meet(on=day, words={"summary": "x" * 1000}, because="paper")
    answer = taken(signed_in(lena), "pdf", with_summaries="on")
    assert len(pypdf.PdfReader(io.BytesIO(answer.getvalue())).pages) >= 2


def test_what_no_font_can_show_is_said(meet, lena):
    meet(words={"summary": "李"})
    answer = signed_in(lena).get(
        address("log_sheet"),
        {**CHOSEN, "as": "pdf", "with_summaries": "on"},
        follow=True,
    )
    assert "Open the page to print" in answer.content.decode()


def test_taking_it_along_asks_once_more_who_one_is(log, lena, settings):
    client = signed_in(lena)
    settings.LMS_DOORS_ARE_STRICT = True
    for kind in ("csv", "pdf", "print"):
        answer = taken(client, kind)
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url or "2fa" in answer.url


def test_days_the_wrong_way_round_are_said(lena):
    answer = signed_in(lena).get(
        address("log_sheet"), {"first": "2026-11-24", "last": "2026-11-01", "as": "csv"}
    )
    assert "The last day lies before the first." in answer.content.decode()


def test_the_log_stays_ones_own_after_leaving(log, lena, sam):
    lena.staff_members.update(left_on=datetime.date(2026, 11, 23))
    assert "60 min" in page(signed_in(lena), "my_log")
    assert taken(signed_in(lena), "csv").status_code == 200


def test_hours_can_be_counted_by_an_award(log, meet, lena, sam, northside):
    meet(on=datetime.date(2026, 3, 3))  # imported, attested by nobody
    nia = person("nia")
    staff_member = employ(nia, northside, "frss")
    meet(roster={staff_member: 20}, format="group")
    measure = all_measures()["supervision_logs.hours"]
    counted = measure.values([lena.pk, nia.pk, sam.pk], datetime.date(2026, 11, 24))
    assert counted == {lena.pk: Decimal("2.25"), nia.pk: Decimal(20) / 60}
    assert measure.values([lena], datetime.date(2026, 11, 12)) == {lena.pk: Decimal(1)}
