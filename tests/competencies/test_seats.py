"""Seats wanted: for the training team, by topic, in numbers alone."""

import datetime

import pytest
from django.urls import reverse

from competencies import actions
from competencies.models import PlanItem
from lms.models import Agency, Person, StaffMember
from tests.factories import complete, employ, line, person

SEATS = reverse("lms_competencies:seats_wanted")
SINCE = datetime.date(2026, 11, 20)


def colleagues(agency: Agency, count: int) -> list[Person]:
    people = [person(f"colleague{number}") for number in range(count)]
    for each in people:
        employ(each, agency, "frss", "facilitates-groups")
    return people


def wait(people: list[Person], code: str) -> None:
    lines = PlanItem.objects.filter(person__in=people, topic__code=code)
    assert lines.update(waiting_since=SINCE) == len(people)


def seats(client, tia: Person) -> str:
    client.force_login(tia.user)
    return " ".join(client.get(SEATS).content.decode().split())


def told(page: str) -> str:
    return page[page.index("<h1") : page.index("</main>")]


def test_it_says_how_many_wait_for_which_topic(client, tia, northside):
    wait(colleagues(northside, 11), "M3-03")
    page = told(seats(client, tia))
    title = PlanItem.objects.filter(topic__code="M3-03").first().topic.title
    assert title in page
    assert "11 people" in page
    assert "11 people" in client.get(reverse("lms:home")).content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_below_five_no_number_is_told(client, tia, northside, count):
    wait(colleagues(northside, count), "M3-03")
    page = told(seats(client, tia))
    assert "fewer than five" in page
    assert f"{count} pe" not in page


def test_it_names_no_person_agency_or_role(client, tia, northside):
    people = colleagues(northside, 6)
    wait(people, "M3-03")
    page = told(seats(client, tia))
    for word in [*(each.full_name for each in people), "Northside", "FRSS"]:
        assert word not in page


def test_who_left_signed_off_or_waived_waits_no_more(client, tia, northside, at):
    people = colleagues(northside, 9)
    wait(people, "M3-03")
    StaffMember.objects.filter(person=people[0]).update(left_on=SINCE)
    item = line(people[1], "M3-03")
    actions.waive(item=item, reads_as="role", because="Not", by=people[2], at=at)
    complete(people[2], "M3-03", on=datetime.date(2026, 11, 22))
    PlanItem.objects.filter(person=people[3]).update(completed_on=at.date())
    assert "5 people" in told(seats(client, tia))


def test_who_waits_for_a_renewal_is_counted(client, tia, northside):
    people = colleagues(northside, 5)
    wait(people, "M3-03")
    earlier = datetime.date(2025, 3, 1)
    PlanItem.objects.update(completed_on=earlier, progress="complete")
    assert "5 people" in told(seats(client, tia))


def test_nobody_but_the_team_is_told(client, cast):
    wait([cast["lena"].lms_person], "M3-02")
    for name in ("lena", "sam", "dina", "ada", "pat"):
        client.force_login(cast[name])
        assert client.get(SEATS).status_code == 404
        assert "Seats wanted" not in client.get(reverse("lms:home")).content.decode()


def test_where_nobody_waits_it_says_so(client, tia, northside):
    assert "Nobody waits for a seat." in seats(client, tia)
    assert "Seats wanted</h2>" not in client.get(reverse("lms:home")).content.decode()


def test_it_costs_the_same_however_many_wait(
    client, tia, northside, assert_queries_do_not_grow
):
    people = colleagues(northside, 6)
    wait(people, "M3-03")
    client.force_login(tia.user)
    assert_queries_do_not_grow(lambda: client.get(SEATS), lambda: wait(people, "M3-02"))
