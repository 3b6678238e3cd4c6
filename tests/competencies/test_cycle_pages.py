"""The history of every cycle, on a line's page and on paper."""

import datetime

import pytest
from django.urls import reverse

from competencies.actions import seen, sign
from competencies.models import Completion, RefresherTurn, Requirement, Training
from tests.factories import complete, line

FIRST, SECOND = datetime.date(2025, 11, 10), datetime.date(2026, 11, 9)


@pytest.fixture
def renewed(lena, sam, at):
    """Lena took Mandated Reporter Training twice, a year apart."""
    for on in (FIRST, SECOND):
        complete(lena, "OB-03", on=on)
        sign(
            signer=sam,
            lines={
                each.pk: seen(each)
                for each in Completion.objects.filter(
                    person=lena, sign_offs__isnull=True
                )
            },
            at=at,
        )
    return line(lena, "OB-03")


def item_page(client, who, item) -> str:
    client.force_login(who.user)
    page = client.get(reverse("lms_competencies:item_detail", args=[item.pk]))
    return " ".join(page.content.decode().split())


def test_a_lines_page_tells_each_time_and_why_the_next_date(client, lena, sam, renewed):
    for who in (lena, sam):
        page = item_page(client, who, renewed)
        for told in ("10 Nov 2025", "9 Nov 2026", "Next time: by 9 Nov 2027"):
            assert told in page
        assert "12 months after you completed it on 9 Nov 2026" in page


def test_the_printed_plan_tells_each_time(client, lena, renewed):
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan_print")).content.decode()
    assert "10 Nov 2025<br>9 Nov 2026" in page
    assert "Renew by 9 Nov 2027" in page


def test_a_completion_that_waits_is_no_cycle_yet(client, lena, sam, renewed):
    complete(lena, "OB-03", on=datetime.date(2026, 11, 20))
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan_print")).content.decode()
    assert "20 Nov 2026" not in page


def test_the_plan_says_why_it_is_to_be_renewed_then(client, lena, renewed):
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan")).content.decode()
    assert "12 months after you completed it" in page


def test_the_plan_costs_the_same_however_often_things_were_done(
    client, lena, sam, at, renewed, assert_queries_do_not_grow
):
    client.force_login(lena.user)
    plan = reverse("lms_competencies:my_plan_print")

    def again() -> None:
        made = complete(lena, "OB-01", "OB-02", "OB-04")
        sign(signer=sam, lines={each.pk: seen(each) for each in made}, at=at)

    assert_queries_do_not_grow(lambda: client.get(plan), again)


def test_the_refresher_whose_turn_it_is_is_named(client, lena, sam, at):
    requirement = Requirement.objects.get(topic__code="OB-03")
    trainings = [
        Training.objects.create(key=f"refresher-{name}", title=f"Refresher {name}")
        for name in "ABC"
    ]
    RefresherTurn.objects.bulk_create(
        RefresherTurn(requirement=requirement, training=training, order=order)
        for order, training in enumerate(trainings)
    )
    item = line(lena, "OB-03")
    assert "Next: Refresher A." in item_page(client, lena, item)
    complete(lena, "OB-03", training=trainings[0])
    page = item_page(client, lena, item)
    assert "Next: Refresher B." in page
    assert "Refresher A · Refresher B · Refresher C" in page
