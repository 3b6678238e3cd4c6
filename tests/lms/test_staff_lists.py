"""What a line of a list of staff comes to. Nobody is guessed at, nothing is erased."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.rules import (
    COLUMNS,
    EMPLOYMENT,
    PERSON,
    Known,
    NotUnderstood,
    Roster,
    columns_of,
    day,
    judge,
    read_line,
)

TODAY = datetime.date(2026, 11, 24)
BLANK = {
    **dict.fromkeys(PERSON, ""),
    "employee_id": "",
    "hired_on": None,
    "left_on": None,
    "fte": Decimal(1),
    "is_history_on_paper": False,
}
ROLES = {"frss": "frss", "clinician": "clinician"}
TITLES = {"frss": "FRSS", "clinician": "Clinician"}


def known(pk: int, name: str, *roles: str, supervisor=None, ended=None, **values):
    values = {**BLANK, "full_name": name, **values}
    return Known(pk, pk, values, frozenset(roles or ["frss"]), ended or {}, supervisor)


LENA = known(1, "Lena", email="Lena@example.test", employee_id="7", supervisor=2)
SAM = known(2, "Sam", email="sam@example.test", phone="555-1")
OTTO = known(3, "Otto", email="otto@example.test", left_on=datetime.date(2026, 1, 5))
NOBODYS = known(4, "Nora Key")


def roster(*people: Known, **values) -> Roster:
    people = people or (LENA, SAM, OTTO, NOBODYS)
    supervisors = {}
    for each in people:
        keys = {each.values["email"].lower(), each.values["employee_id"]} - {""}
        supervisors |= dict.fromkeys(keys, each.person)
    return Roster(
        people, ROLES, TITLES, frozenset({"ella@example.test"}), supervisors, **values
    )


def verdicts(*lines: dict, among: Roster | None = None, **options):
    read = [read_line(number, cells) for number, cells in enumerate(lines, 2)]
    return judge(read, among or roster(), today=TODAY, **options)


def verdict(**cells: str):
    return verdicts(cells)[0]


NEW = {"full_name": "Noa Berg", "email": "noa@example.test", "roles": "FRSS"}


def test_somebody_is_known_by_number_or_by_address():
    assert verdict(employee_id="7").known == LENA
    assert verdict(email="LENA@example.TEST").kind == "unchanged"
    assert verdict(**NEW).kind == "new"
    assert verdict(**NEW).known is None


def test_a_change_is_told_with_what_was_before():
    changed = verdict(email="sam@example.test", phone="555-2", roles="Frss; Clinician")
    assert changed.kind == "changed"
    assert changed.sentences(TITLES) == [
        "Work phone: 555-1 → 555-2",
        "Takes up: Clinician",
    ]


def test_a_number_may_be_added_to_somebody_known_by_the_address():
    added = verdict(email="sam@example.test", employee_id="8")
    assert (added.kind, added.changes) == ("changed", {"employee_id": "8"})


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"full_name": "Noa"}, "Give an employee number or an e-mail"),
        ({"employee_id": "7", "email": "sam@example.test"}, "number is that of Lena"),
        ({"employee_id": "8", "email": "lena@example.test"}, "number is another one"),
        ({**NEW, "email": "ella@example.test"}, "in use already"),
        ({"employee_id": "7", "email": "ella@example.test"}, "in use already"),
        ({**NEW, "full_name": "nora key"}, "neither number nor address"),
        ({**NEW, "roles": ""}, "needs a role"),
        ({**NEW, "roles": "Astronaut"}, "“Astronaut” is no role"),
        ({**NEW, "full_name": ""}, "needs a name"),
        ({**NEW, "full_name": "007"}, "with letters"),
        ({**NEW, "full_name": "=CMD()"}, "holds a formula"),
        ({**NEW, "email": "noa"}, "“noa” is no e-mail address"),
        ({**NEW, "hired_on": "2/30/2026"}, "no day of the calendar"),
        ({**NEW, "hired_on": "30/11/2026"}, "no day of the calendar"),
        ({**NEW, "hired_on": "soon"}, "no date we can read"),
        ({**NEW, "hired_on": "1926-11-02"}, "check the year"),
        ({**NEW, "hired_on": "2036-11-02"}, "more than a year ahead"),
        (
            {**NEW, "hired_on": "2026-11-02", "left_on": "2026-11-01"},
            "lies before the hire date",
        ),
        ({**NEW, "fte": "2"}, "not between 0 and 1"),
        ({**NEW, "fte": "half"}, "no number"),
        ({**NEW, "is_history_on_paper": "perhaps"}, "yes or no"),
        ({**NEW, "supervisor": "nobody@example.test"}, "nobody here has the address"),
        ({**NEW, "supervisor": "noa@example.test"}, "nobody supervises themselves"),
        ({"email": "otto@example.test", "phone": "1"}, "has left"),
    ],
)
def test_what_is_not_clear_says_why(cells, reason):
    wrong = verdict(**cells)
    assert wrong.kind == "wrong"
    assert reason in " ".join(wrong.reasons)


def test_nothing_is_told_about_people_of_other_agencies():
    for cells in (
        {**NEW, "email": "ella@example.test"},
        {**NEW, "supervisor": "x@y.org"},
    ):
        assert "Ella" not in " ".join(verdict(**cells).reasons)


def test_lines_about_the_same_person_are_all_left_out():
    found = verdicts(
        {**NEW}, {**NEW, "full_name": "Noa B."}, {"employee_id": "7"},
        {"email": "lena@example.test"}, {"email": "sam@example.test"},
    )  # fmt: skip
    assert [each.kind for each in found] == ["wrong"] * 4 + ["unchanged"]
    assert found[2].reasons == (
        "Lines 4, 5 are about the same person. Keep one of them.",
    )


def test_a_supervisor_may_stand_further_down():
    follower = {**NEW, "supervisor": "new-boss@example.test"}
    boss = {**NEW, "email": "new-boss@example.test", "full_name": "New Boss"}
    assert [each.kind for each in verdicts(follower, boss)] == ["new", "new"]
    [alone] = verdicts(follower, coming={"new-boss@example.test"})
    assert alone.kind == "new"


def test_who_follows_somebody_left_out_is_left_out_too():
    chain = [
        {**NEW, "email": f"n{n}@example.test", "supervisor": f"n{n + 1}@example.test"}
        for n in range(5)
    ]
    last = {**NEW, "email": "n5@example.test", "roles": ""}
    assert {each.kind for each in verdicts(*chain, last)} == {"wrong"}


def test_somebody_who_has_left_is_nobodys_supervisor():
    among = replace(roster(), supervisors={})
    follower = {**NEW, "supervisor": "otto@example.test"}
    found = verdicts({"email": "otto@example.test"}, follower, among=among)
    assert [each.kind for each in found] == ["unchanged", "wrong"]


def test_a_supervisor_who_is_the_same_changes_nothing():
    assert verdict(employee_id="7", supervisor="SAM@example.test").kind == "unchanged"
    assert verdict(email="sam@example.test", supervisor="7").supervisor == "7"


def test_a_role_that_ended_is_taken_up_again_only_with_a_later_day():
    ended = {"clinician": datetime.date(2026, 3, 1)}
    among = roster(known(5, "Kim", email="kim@example.test", ended=ended))
    line = {"email": "kim@example.test", "roles": "Clinician"}
    [without] = verdicts(line, among=among)
    assert "“Clinician” ended on" in without.reasons[0]
    [again] = verdicts({**line, "roles_from": "2026-04-01"}, among=among)
    assert again.roles == ("clinician",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-02", (2026, 11, 2)),
        ("11/2/2026", (2026, 11, 2)),
        ("02/11/2026 14:05:10", (2026, 2, 11)),
        ("2026-11-02T14:05:10Z", (2026, 11, 2)),
        ("2 Nov 2026", (2026, 11, 2)),
        ("November 2, 2026", (2026, 11, 2)),
    ],
)
def test_days_are_read_in_one_way(text, found):
    assert day(text) == datetime.date(*found)


def test_whoever_puts_the_day_first_says_so():
    assert day("2/11/2026", is_day_first=True) == datetime.date(2026, 11, 2)
    with pytest.raises(NotUnderstood):
        day("11/30/2026", is_day_first=True)


def test_columns_are_found_by_the_names_they_go_by():
    labels = [str(column.label) for column in COLUMNS]
    assert columns_of(labels) == {
        column.key: place for place, column in enumerate(COLUMNS)
    }
    header = ["Favourite colour", "EMAIL", "Hire Date", "name", "Name"]
    assert columns_of(header) == {"email": 1, "hired_on": 2, "full_name": 3}


texts = st.sampled_from(["", "7", "8", "=1", "FRSS", "Clinician, frss", "Noa", "x@y.org",
    "lena@example.test", "sam@example.test", "2026-11-02", "2/30/2026", "0.5", "yes",
    "otto@example.test", "ella@example.test", "nora key"]) | st.text(max_size=12)  # fmt: skip
line = st.fixed_dictionaries({column.key: texts for column in COLUMNS})
plausible = st.fixed_dictionaries(
    {
        "full_name": st.sampled_from(["", "Noa Berg", "Kim"]),
        "email": st.sampled_from(
            ["", "noa@example.test", "Lena@Example.test", "sam@example.test"]
        ),
        "employee_id": st.sampled_from(["", "7", "8", "9"]),
        "phone": st.sampled_from(["", "555-2"]),
        "hired_on": st.sampled_from(["", "2026-11-02", "1/2/2024"]),
        "fte": st.sampled_from(["", "0,5"]),
        "roles": st.sampled_from(["", "FRSS", "FRSS;Clinician"]),
        "supervisor": st.sampled_from(["", "sam@example.test", "7", "9"]),
    }
)


@given(st.lists(line | plausible, max_size=8))
def test_every_line_comes_to_one_thing_and_blank_cells_change_nothing(lines):
    found = verdicts(*lines)
    assert [each.line.number for each in found] == [*range(2, len(lines) + 2)]
    for cells, each in zip(lines, found, strict=True):
        assert (each.kind == "wrong") == bool(each.reasons)
        assert all(cells[key] for key in each.changes)
        news = each.changes or each.roles or each.supervisor
        assert (each.kind in ("new", "changed")) == bool(news and not each.reasons)


@given(st.lists(line | plausible, max_size=8))
def test_the_same_list_a_second_time_changes_nothing(lines):
    among = roster()
    first = verdicts(*lines, among=among)
    again = verdicts(*lines, among=applied(among, first))
    for before, after in zip(first, again, strict=True):
        assert after.kind == ("wrong" if before.kind == "wrong" else "unchanged"), after


def applied(among: Roster, found: list) -> Roster:
    """The agency as it is when those lines were brought in."""
    people = {each.person: each for each in among.known}
    for each in found:
        if each.kind in ("new", "changed"):
            old = each.known or known(100 + each.line.number, "", *each.roles)
            people[old.person] = replace(
                old,
                values={**old.values, **each.changes},
                roles=old.roles | set(each.roles),
            )
    after = roster(*people.values())
    for each in found:
        if each.supervisor:
            [own] = [
                p
                for p in people.values()
                if (each.known or people[100 + each.line.number]).person == p.person
            ]
            text = each.supervisor
            boss = after.supervisors.get(text, after.supervisors.get(text.lower()))
            people[own.person] = replace(own, supervisor=boss)
    assert set(EMPLOYMENT) <= set(BLANK)
    return roster(*people.values())
