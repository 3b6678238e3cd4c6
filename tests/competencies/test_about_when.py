"""A day that is only known about is shown as what it is, wherever it is shown."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competencies.actions import seen, send_back, sign
from competencies.models import Completion
from competencies.rules import (
    Noted,
    Precision,
    RenewalWhy,
    each_time,
    renewal_sentence,
)
from lms.privacy import take_out
from tests.factories import line

LAST_OF_2021 = datetime.date(2021, 12, 31)
DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2021, 1, 9))
NOTED = st.builds(Noted, DAYS, st.sampled_from(Precision.values))


def tell(client, who, code: str, when: str, **values):
    client.force_login(who.user)
    address = reverse("lms_competencies:completion_add", args=[line(who, code).pk])
    told = {"title": "A course", "completed_on": when, "has_none": "on", **values}
    return client.post(address, told)


def sign_all(sam, lena, at):
    waiting = Completion.objects.filter(person=lena, sign_offs=None)
    sign(signer=sam, lines={each.pk: seen(each) for each in waiting}, at=at)


def read(client, name: str, *args) -> str:
    page = client.get(reverse(f"lms_competencies:{name}", args=args))
    return " ".join(page.content.decode().split())


@given(st.lists(NOTED))
def test_a_day_is_told_once_as_exactly_as_somebody_knew_it(noted):
    times = each_time(noted)
    assert [each.on for each in times] == sorted({each.on for each in noted})
    for each in times:
        same = [other.precision for other in noted if other.on == each.on]
        assert each.precision == min(same, key=Precision.values.index)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("about 2021", "about 2021"),
        ("3/2021", "about March 2021"),
        ("p", "paper seen"),
        ("3/14/2021", "14 Mar 2021"),
    ],
)
def test_the_form_for_one_training_takes_what_the_grid_takes(client, lena, when, said):
    assert tell(client, lena, "OB-03", when).status_code == 302
    assert Completion.objects.get().record.when == said
    assert said in read(client, "item_detail", line(lena, "OB-03").pk)


@pytest.mark.parametrize("when", ["soon", "2027", "12/2026", "1949", "13/2021", ""])
def test_and_refuses_what_the_grid_refuses(client, lena, when):
    assert tell(client, lena, "OB-03", when).status_code == 200
    assert not Completion.objects.exists()


def test_this_year_is_not_still_to_come(client, lena):
    tell(client, lena, "OB-03", "2026")
    record = Completion.objects.get().record
    assert record.completed_on == timezone.localdate()
    assert record.when == "about 2026"


def test_what_was_sent_back_stands_in_the_form_as_it_was_told(client, lena, sam, at):
    tell(client, lena, "OB-03", "about 2021")
    send_back(item=line(lena, "OB-03"), by=sam, note="Which one?", at=at)
    form = client.get(
        reverse("lms_competencies:completion_add", args=[line(lena, "OB-03").pk])
    ).context["form"]
    assert form["completed_on"].value() == "2021"


def test_each_time_and_the_next_date_say_what_is_known(client, lena, sam, at):
    for when in ("about 2021", "5/4/2023", "about 2025"):
        tell(client, lena, "OB-03", when)
        sign_all(sam, lena, at)
    assert line(lena, "OB-03").completed_on == datetime.date(2025, 12, 31)
    client.force_login(lena.user)
    page = read(client, "item_detail", line(lena, "OB-03").pk)
    for told in ("about 2021</li>", "4 May 2023</li>", "about 2025</li>"):
        assert told in page
    assert "you can have completed it (about 2025)" in page
    paper = read(client, "my_plan_print")
    assert "about 2021<br>4 May 2023<br>about 2025" in paper
    for shown in (page, paper):
        assert "31 Dec 2021" not in shown
        assert "31 Dec 2025" not in shown


@pytest.mark.parametrize("kind", ["interval", "yearly", "expiry"])
@pytest.mark.parametrize(
    "precision", [Precision.MONTH, Precision.YEAR, Precision.PAPER]
)
def test_no_reason_to_renew_names_a_day_nobody_knows(kind, precision):
    on = datetime.date(2022, 12, 31)
    why = RenewalWhy(
        kind, LAST_OF_2021, precision, on=on, fixed_on=on, offset=(12, "months")
    )
    assert RenewalWhy.from_data(why.as_data()) == why
    told = renewal_sentence(why)
    assert Noted(LAST_OF_2021, precision).said() in told
    assert "31 Dec 2021" not in told


def test_what_one_takes_along_says_about_when(client, lena, sam, at):
    tell(client, lena, "OB-03", "about 2021")
    sign_all(sam, lena, at)
    takeout = take_out(lena, at)
    assert "about 2021" in takeout.html()
    assert "31 Dec 2021" not in takeout.html()
    assert '"completed_on": "2021-12-31"' in takeout.json()
    assert '"precision": "year"' in takeout.json()
