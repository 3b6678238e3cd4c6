"""Before somebody meets families on their own: a list, and a talk that ends in a day."""

import datetime

import pytest
from django.urls import reverse

from competencies import actions
from competencies.models import (
    ChecklistItem,
    FirstDayNamed,
    PlanItem,
    Requirement,
    VisitsTogether,
)
from competencies.models.families import day_held
from lms.models import Agency, Person, StaffMember
from tests.factories import complete, line, supervise

THIRD, TENTH = datetime.date(2026, 12, 3), datetime.date(2026, 12, 10)
MY_PLAN = reverse("lms_competencies:my_plan")


def at_staff(person: Person, page: str = "before_families") -> str:
    return reverse(f"lms_competencies:{page}", args=[person.staff_members.get().pk])


def read(client, reader: Person, address: str) -> str:
    client.force_login(reader.user)
    return client.get(address).content.decode()


def name_day(client, by: Person, about: Person, day: datetime.date | None):
    client.force_login(by.user)
    told = {"first_day": day.isoformat()} if day else {"not_yet": ""}
    return client.post(at_staff(about, "first_day"), told)


def named(*rows: tuple[str, datetime.date | None]) -> list[FirstDayNamed]:
    return [
        FirstDayNamed(person_id=1, by_id=1 if who == "own" else 2, first_day=day)
        for who, day in rows
    ]


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([], None),
        ([("own", THIRD)], None),
        ([("other", THIRD), ("other", THIRD)], None),
        ([("own", THIRD), ("other", TENTH)], None),
        ([("own", THIRD), ("other", THIRD)], THIRD),
        ([("own", THIRD), ("other", THIRD), ("own", TENTH)], THIRD),
        ([("own", THIRD), ("other", THIRD), ("own", TENTH), ("other", TENTH)], TENTH),
        ([("own", THIRD), ("other", THIRD), ("own", None)], THIRD),
        ([("own", THIRD), ("other", THIRD), ("own", None), ("other", None)], None),
    ],
)
def test_a_day_holds_once_both_have_named_it_and_until_both_name_another(rows, held):
    assert day_held(named(*rows)) == held


def test_the_list_says_in_one_sentence_what_is_still_open(client, lena, sam, at):
    page = read(client, lena, at_staff(lena))
    assert (
        "Still open: 13 topics and 13 entries of the checklist. What that means, you "
        "two decide." in page
    )
    complete(lena, "OB-01")
    actions.sign(
        signer=sam,
        lines={row.pk: actions.seen(row) for row in complete(lena, "OB-02")},
        at=at,
    )
    entry = ChecklistItem.objects.filter(person=lena).first()
    actions.note_checklist(item=entry, done_on=at.date(), by=lena)
    page = read(client, sam, at_staff(lena))
    assert "Still open: 12 topics and 12 entries of the checklist." in page
    assert "Language as Advocacy" in page
    assert "Recovery Coach Academy" not in page


def test_where_all_is_done_the_talk_is_left(client, lena):
    PlanItem.objects.filter(person=lena).update(progress="waived")
    ChecklistItem.objects.filter(person=lena).update(done_on=THIRD)
    assert "What is left is the talk" in read(client, lena, at_staff(lena))


def test_visits_are_counted_only_where_the_agency_has_set_how_many(client, lena, sam):
    assert "Visits together" not in read(client, lena, at_staff(lena))
    Agency.objects.update(visits_before_families=3)
    assert "3 visits together" in read(client, lena, at_staff(lena))
    client.post(at_staff(lena, "visits_together"), {"count": "2"})
    page = read(client, sam, at_staff(lena))
    assert "1 visit together" in page
    assert "2 of 3" in page.replace("\xa0", " ")
    client.post(at_staff(lena, "visits_together"), {"count": "3"})
    assert VisitsTogether.objects.get().count == 3
    assert VisitsTogether.objects.get().noted_by == sam
    answer = client.post(at_staff(lena, "visits_together"), {"count": "many"})
    assert 'aria-invalid="true"' in answer.content.decode()


def test_both_name_the_day_and_only_then_it_holds(client, lena, sam, dina):
    assert name_day(client, lena, lena, THIRD).status_code == 302
    page = read(client, sam, at_staff(lena))
    assert "Lena named 3 Dec" in page
    assert "Yes, 3 Dec 2026" in page
    assert "Meeting families alone" not in read(
        client, dina, at_staff(lena, "plan_detail")
    )
    name_day(client, sam, lena, THIRD)
    assert "On your own from 3 Dec 2026" in read(client, lena, MY_PLAN)
    director = read(client, dina, at_staff(lena, "plan_detail"))
    assert "Meeting families alone from 3 Dec 2026" in director
    assert "Open the list" not in director


def test_a_day_that_has_come_reads_since(client, lena, sam):
    for person in (sam, lena):
        name_day(client, person, lena, datetime.date(2026, 11, 23))
    assert "On your own since 23 Nov 2026" in read(client, lena, MY_PLAN)
    page = read(client, sam, at_staff(lena, "plan_detail"))
    assert "Meeting families alone since 23 Nov 2026" in page


def test_what_is_still_open_stops_nobody(client, lena, sam):
    for person in (sam, lena):
        assert name_day(client, person, lena, THIRD).status_code == 302
    assert "On your own from" in read(client, lena, at_staff(lena))
    assert PlanItem.objects.filter(person=lena, completed_on=None).exists()


def test_the_two_may_say_not_yet_after_all(client, lena, sam):
    for person in (sam, lena):
        name_day(client, person, lena, THIRD)
    name_day(client, sam, lena, None)
    page = read(client, lena, at_staff(lena))
    assert "Sam said: not yet" in page
    assert "On your own from" in page
    name_day(client, lena, lena, None)
    assert "A day you choose together" in read(client, lena, at_staff(lena))
    assert FirstDayNamed.objects.count() == 4


def test_a_day_before_the_first_day_of_work_is_refused_next_to_the_field(client, lena):
    client.force_login(lena.user)
    told = {"first_day": "2026-10-01"}
    answer = client.post(at_staff(lena, "first_day"), told)
    assert "That is before the first day of work" in answer.content.decode()
    assert 'value="2026-10-01"' in answer.content.decode()
    assert not FirstDayNamed.objects.exists()


def test_who_stands_in_and_the_director_do_not_open_the_list(client, lena, ben, dina):
    for person in (ben, dina):
        client.force_login(person.user)
        assert client.get(at_staff(lena)).status_code == 404
        assert name_day(client, person, lena, THIRD).status_code == 404


def test_a_former_supervisor_sees_nothing_any_more(client, lena, sam, olu):
    name_day(client, sam, lena, THIRD)
    sam.supervises.update(ends_on=datetime.date(2026, 11, 23))
    client.force_login(sam.user)
    assert client.get(at_staff(lena)).status_code == 404
    supervise(olu, lena.staff_members.get())
    assert "Sam named 3 Dec" in read(client, olu, at_staff(lena))


def test_nobody_who_has_met_families_for_years_is_asked(client, lena):
    assert "Before you meet families" in read(client, lena, MY_PLAN)
    StaffMember.objects.update(hired_on=datetime.date(2022, 5, 1))
    assert "Before you meet families" not in read(client, lena, MY_PLAN)
    on_paper = {"is_history_on_paper": True, "history_until": TENTH}
    StaffMember.objects.update(hired_on=None, **on_paper)
    assert "Before you meet families" not in read(client, lena, MY_PLAN)


def test_after_the_last_day_the_list_is_only_read(client, lena, sam):
    StaffMember.objects.filter(person=lena).update(left_on=datetime.date(2026, 11, 20))
    client.force_login(lena.user)
    assert client.get(at_staff(lena)).status_code == 200
    assert name_day(client, lena, lena, THIRD).status_code == 404


def test_the_list_costs_the_same_however_long(
    client, lena, sam, assert_queries_do_not_grow
):
    client.force_login(lena.user)
    Agency.objects.update(visits_before_families=3)

    def more() -> None:
        for code in ["M3-01", "M3-02", "M3-03"]:
            marked = Requirement.objects.filter(pk=line(lena, code).requirement_id)
            marked.update(is_before_families=True)
        for day in (THIRD, TENTH, THIRD, TENTH):
            for person in (lena, sam):
                name_day(client, person, lena, day)
        client.force_login(lena.user)
        client.get(at_staff(lena))  # what was said of each is read now

    assert_queries_do_not_grow(lambda: client.get(at_staff(lena)), more)
