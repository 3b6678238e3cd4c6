"""The two look at the plan together: noted by one, confirmed by the other."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from competencies import actions
from competencies.models import PlanReview, StaffPlan
from lms.models import Agency, AuditEntry, Person, StaffMember

MY_PLAN = reverse("lms_competencies:my_plan")
DAY, NEXT = datetime.date(2026, 11, 20), datetime.date(2026, 12, 18)


def at_staff(person: Person, page: str = "plan_reviews") -> str:
    return reverse(f"lms_competencies:{page}", args=[person.staff_members.get().pk])


def at_review(page: str) -> str:
    return reverse(f"lms_competencies:{page}", args=[PlanReview.objects.get().pk])


def read(client, reader: Person, address: str) -> str:
    client.force_login(reader.user)
    return client.get(address).content.decode()


def note(client, by: Person, about: Person, **told: str):
    client.force_login(by.user)
    normal = {
        "held_on": "2026-11-20",
        "looked_at": "Safe sleep went well.",
        "next_on": "2026-12-18",
    }
    return client.post(at_staff(about, "plan_review_add"), normal | told)


def test_one_notes_a_review_and_the_other_confirms(client, lena, sam):
    assert note(client, lena, lena).status_code == 302
    page = read(client, sam, at_staff(lena, "plan_detail"))
    assert "Last time: 20 Nov · next time: 18 Dec" in page
    assert "Lena noted it and waits for your" in page
    page = read(client, sam, at_staff(lena))
    assert "Safe sleep went well." in page
    client.post(at_review("plan_review_confirm"))
    assert PlanReview.objects.get().confirmed_by == sam
    page = read(client, lena, at_staff(lena))
    assert "Noted by Lena, confirmed by Sam" in page
    assert "waits for your" not in read(client, lena, MY_PLAN)


def test_nobody_confirms_what_they_noted_themselves(client, lena, sam):
    note(client, sam, lena)
    client.force_login(sam.user)
    assert client.post(at_review("plan_review_confirm")).status_code == 404
    client.force_login(lena.user)
    assert client.post(at_review("plan_review_confirm")).status_code == 302


def test_the_database_takes_no_review_confirmed_by_who_noted_it(client, lena, sam, at):
    note(client, sam, lena)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanReview.objects.update(confirmed_by=sam, confirmed_at=at)


def test_a_review_can_be_taken_back_until_it_is_confirmed(client, lena, sam, at):
    note(client, sam, lena)
    client.post(at_review("plan_review_take_back"))
    assert not PlanReview.objects.exists()
    note(client, sam, lena)
    review = PlanReview.objects.get()
    assert actions.confirm_review(review=review, by=lena, at=at)
    assert not actions.confirm_review(review=review, by=lena, at=at)
    answer = client.post(at_review("plan_review_take_back"), follow=True)
    assert "It has been confirmed, and stays as it is." in answer.content.decode()
    assert PlanReview.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"next_on": "2026-11-20"}, "Choose a day after the one you looked at it."),
        ({"held_on": "2026-11-25"}, "That day is still to come."),
        ({"held_on": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_next_to_the_field_and_nothing_is_lost(
    client, lena, told, said
):
    page = note(client, lena, lena, **told).content.decode()
    assert said in page
    assert "Safe sleep went well." in page
    assert not PlanReview.objects.exists()


def test_who_stands_in_reads_and_the_director_sees_dates(client, lena, sam, ben, dina):
    note(client, sam, lena)
    assert "Safe sleep went well." in read(client, ben, at_staff(lena))
    page = read(client, dina, at_staff(lena))
    assert "20 Nov 2026" in page
    assert "Safe sleep went well." not in page
    assert note(client, ben, lena).status_code == 404
    assert note(client, dina, lena).status_code == 404
    opened = AuditEntry.objects.filter(act="plan_reviews.opened")
    assert {entry.actor_id for entry in opened} == {ben.pk}


def test_reviews_cost_the_same_however_many(
    client, lena, sam, at, assert_queries_do_not_grow
):
    plan = StaffPlan.objects.get(person=lena)

    def more() -> None:
        for days in range(4):
            PlanReview.objects.create(
                person=lena, staff_member=plan.staff_member, staff_plan=plan,
                held_on=DAY - datetime.timedelta(days), noted_by=sam, noted_at=at,
                confirmed_by=lena, confirmed_at=at,
            )  # fmt: skip

    client.force_login(lena.user)
    assert_queries_do_not_grow(lambda: client.get(at_staff(lena)), more)


def test_the_yearly_review_is_a_date_that_the_supervisor_sets(
    client, lena, sam, ben, dina
):
    address = at_staff(lena, "performance_review")
    for person in (lena, ben, dina):
        client.force_login(person.user)
        assert client.post(address, {"performance_review_on": NEXT}).status_code == 404
    client.force_login(sam.user)
    assert client.post(address, {"performance_review_on": "soon"}).status_code == 200
    client.post(address, {"performance_review_on": NEXT})
    for person in (lena, dina):
        page = read(client, person, at_staff(lena, "plan_detail"))
        page += read(client, person, at_staff(lena))
        assert "18 Dec 2026" in page
    assert "Yearly performance review" not in read(client, ben, at_staff(lena))
    ben_on_plan = read(client, ben, at_staff(lena, "plan_detail"))
    assert "Yearly performance review" not in ben_on_plan


def test_learning_time_is_told_in_the_first_weeks_where_the_agency_sets_it(
    client, lena, sam, dina
):
    assert "kept free for learning" not in read(client, lena, MY_PLAN)
    Agency.objects.update(learning_hours=8, learning_weeks=4)
    page = read(client, lena, MY_PLAN)
    assert "8 hours a week are kept free for learning." in page
    assert "This is week 4 of 4." in page
    assert "This is week 4 of 4." in read(client, sam, at_staff(lena, "plan_detail"))
    StaffMember.objects.update(hired_on=datetime.date(2026, 10, 26))
    assert "kept free for learning" not in read(client, lena, MY_PLAN)


def test_learning_time_takes_hours_and_weeks_or_neither(northside):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.update(learning_hours=8)
