"""Wherever a date of a plan stands, its reason can be read there."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from competencies.actions import agree_on_date
from competencies.models import PlanItem
from tests.competencies.test_sign_off import sign
from tests.factories import complete, line

WHY = "Required of everyone. Aim for 30 Nov 2026: 28 days after 2 Nov 2026, your hire date."
RENEW = "Renew by 10 Nov 2027: 12 months after you completed it on 10 Nov"


def read(client, name: str, *args: object) -> str:
    page = client.get(reverse(name, args=args), {"roles": []}).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("lena", "lms:home"),
        ("lena", "lms_competencies:my_plan"),
        ("lena", "lms_competencies:item_detail"),
        ("lena", "lms_competencies:my_plan_print"),
        ("sam", "lms_competencies:team"),
        ("sam", "lms_competencies:plan_detail"),
        ("sam", "lms_competencies:plan_print"),
        ("sam", "lms_competencies:item_detail"),
        ("dina", "lms_competencies:plan_detail"),
    ],
)
def test_a_date_is_explained_where_it_stands(client, cast, who, page):
    lena = cast["lena"].lms_person
    of_whom = [lena.staff_members.get().pk]
    args = {
        "item_detail": [line(lena, "OB-01").pk],
        "plan_detail": of_whom,
        "plan_print": of_whom,
    }
    client.force_login(cast[who])
    assert WHY in read(client, page, *args.get(page.partition(":")[2], []))


def test_every_line_of_a_plan_with_a_date_has_its_reason(client, lena):
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan"))
    lines = [line for part in page.context["phases"] for line in part.lines]
    assert len(lines) == 38
    assert all(line.explanation for line in lines)
    # once for each line, and once for the next step
    assert page.content.decode().count('<details class="why">') == 39


def test_the_view_as_page_explains_its_dates(client, tia, starter_plan):
    client.force_login(tia.user)
    address = reverse("lms_competencies:preview_as") + "?roles=frss&hired_on=2026-11-02"
    page = client.get(address).content.decode()
    dated = page.count("aim for") + page.count("due ")
    assert 0 < dated <= page.count('<details class="why">')


def test_a_date_of_renewal_is_explained_as_one(client, lena, sam):
    sign(sam, complete(lena, "OB-03"))
    client.force_login(lena.user)
    for page in ("my_plan", "my_plan_print"):
        assert RENEW in read(client, f"lms_competencies:{page}")
    item = read(client, "lms_competencies:item_detail", line(lena, "OB-03").pk)
    assert RENEW in item


def test_the_team_page_says_who_agreed_on_a_date_and_not_why(client, lena, sam):
    PlanItem.objects.filter(person=lena).exclude(topic__code="OB-02").update(
        due_on=None
    )
    agree_on_date(
        item=line(lena, "OB-02"), on=datetime.date(2027, 1, 15), because="No seats",
        by=sam, at=timezone.now(),
    )  # fmt: skip
    client.force_login(sam.user)
    page = read(client, "lms_competencies:team")
    assert "A date the two of you agreed on, noted by Sam." in page
    assert "No seats" not in page


def test_the_queue_shows_what_was_done_and_no_date_to_come(client, lena, sam):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    page = read(client, "lms_competencies:sign_off")
    assert "Aim for" not in page
    assert "30 Nov" not in page
