"""Who sees whom, what the table gives, and what a spreadsheet may run."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from lms import policy
from lms.exports import csv_response, safe
from lms.models import (
    SupervisionTie,
    people_visible_to,
    staff_directed_by,
    staff_visible_to,
)


def names(user) -> set[str]:
    return {person.full_name for person in people_visible_to(user)}


def test_everyone_sees_exactly_whom_they_may(cast):
    assert names(cast["lena"]) == {"Lena"}
    assert names(cast["sam"]) == {"Sam", "Lena"}
    assert names(cast["ben"]) == {"Ben", "Lena"}
    assert names(cast["dina"]) == {"Dina", "Lena", "Sam", "Ben"}
    assert names(cast["tia"]) == {"Tia"}
    assert names(cast["olu"]) == {"Olu", "Otto"}
    assert names(cast["abe"]) == {"Olu", "Otto", "Abe"}
    assert names(AnonymousUser()) == set()


def test_a_superuser_flag_adds_nothing(cast):
    assert names(cast["root"]) == set()
    assert not staff_visible_to(cast["root"]).exists()
    assert policy.relations(cast["root"], cast["lena"].lms_person) == frozenset()


def test_a_tie_that_ends_ends_access_at_once(lena, sam):
    SupervisionTie.objects.update(ends_on=datetime.date(2026, 11, 23))
    assert names(sam.user) == {"Sam"}
    assert policy.relations(sam.user, lena) == frozenset()


def test_a_director_keeps_the_rows_of_those_who_left_and_not_the_people(lena, dina):
    lena.staff_members.update(left_on=datetime.date(2026, 11, 20))
    assert "Lena" not in names(dina.user)
    assert staff_directed_by(dina.user).filter(person=lena).exists()


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("lena", {"facts", "words"}),
        ("sam", {"facts", "words"}),
        ("ben", {"facts", "words"}),
        ("dina", {"facts"}),
        ("tia", set()),
        ("olu", set()),
    ],
)
def test_the_table_says_who_reads_words(cast, who, expected):
    lena = cast["lena"].lms_person
    standing = policy.relations(cast[who], lena)
    assert (
        policy.scopes("staff plan and items", "view", standing, "while dated")
        == expected
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_a_cell_never_runs_as_a_formula(text):
    assert safe(text) == f"'{text}"


def test_an_export_keeps_numbers_dates_and_names():
    response = csv_response(
        "plan.csv", ["name", "on"], [["Zoë", datetime.date(2026, 11, 24)]]
    )
    assert "Zoë,2026-11-24" in response.content.decode()
    assert "attachment" in response["Content-Disposition"]
