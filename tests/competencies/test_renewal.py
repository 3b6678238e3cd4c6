"""Renewal appends and never resets: what falls due again, and what stands for what."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from competencies.actions import (
    order_retake,
    seen,
    sign,
    sync_plans,
    withdraw_completion,
    withdraw_sign_off,
)
from competencies.models import (
    Completion,
    Requirement,
    RequirementAudience,
    RetakeOrder,
    SignOff,
    Topic,
    TopicEquivalence,
)
from competencies.rules import Offset, RenewalWhy, renewal_sentence
from lms import outbox
from lms.models import Role
from tests.factories import complete, line

NOVEMBER = datetime.date(2026, 11, 10)
EARLIER = datetime.date(2026, 11, 4)


def sync(person) -> None:
    sync_plans(staff_members=person.staff_members.all(), at=timezone.now())


def sign_all(signer, *completions: Completion) -> None:
    lines = {each.pk: seen(each) for each in completions}
    sign(signer=signer, lines=lines, at=timezone.now())


def why(person, code: str) -> str:
    return renewal_sentence(RenewalWhy.from_data(line(person, code).renew_because))


def change(code: str, **values) -> None:
    Requirement.objects.filter(topic__code=code).update(**values)


def test_one_plan_has_cycles_of_different_length(lena, sam):
    change("OB-02", renewal_count=24)
    change("OB-04", yearly_month=6, yearly_day=30)
    sign_all(sam, *complete(lena, "OB-02", "OB-03", "OB-04", "OB-05", on=NOVEMBER))
    assert line(lena, "OB-02").renew_on == datetime.date(2028, 11, 10)
    assert line(lena, "OB-03").renew_on == datetime.date(2027, 11, 10)
    assert line(lena, "OB-04").renew_on == datetime.date(2027, 6, 30)
    assert line(lena, "OB-05").renew_on is None
    assert "by 30 June each year" in why(lena, "OB-04")
    assert "12 months after" in why(lena, "OB-03")


def test_a_new_hire_in_a_fixed_yearly_cycle_is_spared_at_first(lena, sam):
    change("OB-04", yearly_month=12, yearly_day=31, first_from="yearly")
    sync(lena)
    assert line(lena, "OB-04").due_on == datetime.date(2027, 12, 31)
    sign_all(sam, *complete(lena, "OB-04", on=NOVEMBER))
    assert line(lena, "OB-04").renew_on == datetime.date(2027, 12, 31)


def test_a_renewal_is_one_more_completion_and_the_first_one_stays(lena, sam):
    [first] = complete(lena, "OB-03", on=EARLIER)
    sign_all(sam, first)
    [second] = complete(lena, "OB-03", on=NOVEMBER)
    sign_all(sam, second)
    assert line(lena, "OB-03").completed_on == NOVEMBER
    assert Completion.objects.standing().filter(person=lena).count() == 2
    assert SignOff.objects.in_force().filter(person=lena).count() == 2


def test_a_retake_order_reaches_those_of_its_roles_and_leaves_what_was_done(
    lena, sam, ben, dina, at
):
    sign_all(sam, *complete(lena, "OB-05", on=NOVEMBER))
    sign_all(dina, *complete(ben, "OB-05", on=NOVEMBER))
    order_retake(
        topics=Topic.objects.filter(code="OB-05"),
        starts_on=datetime.date(2027, 1, 1),
        within=Offset(2, "months"),
        roles=Role.objects.filter(key="frss"),
        because="A new law.",
        by=None,
        at=at,
    )
    outbox.drain()
    assert line(lena, "OB-05").renew_on == datetime.date(2027, 3, 1)
    assert line(lena, "OB-05").completed_on == NOVEMBER
    assert "A new law." in why(lena, "OB-05")
    assert line(ben, "OB-05").renew_on is None


@pytest.mark.parametrize("count", [0, 1000])
def test_a_retake_order_gives_a_sensible_time(count, at, starter_plan):
    with pytest.raises(ValidationError) as refused:
        order_retake(
            topics=Topic.objects.filter(code="OB-05"),
            starts_on=datetime.date(2027, 1, 1),
            within=Offset(count, "months"),
            by=None,
            at=at,
        )
    assert list(refused.value.message_dict) == ["within_count"]
    assert not RetakeOrder.objects.exists()


def equivalent(topic: str, *parts: str) -> TopicEquivalence:
    made = TopicEquivalence.objects.create(
        key=topic.lower(), topic=Topic.objects.get(code=topic)
    )
    made.parts.set(Topic.objects.filter(code__in=parts))
    return made


def test_several_signed_topics_complete_one_that_they_are_worth(lena, sam):
    equivalent("OB-06", "OB-01", "OB-02")
    [one] = complete(lena, "OB-01", on=EARLIER)
    assert line(lena, "OB-06").progress == "in_progress"
    sign_all(sam, one)
    [two] = complete(lena, "OB-02", on=NOVEMBER)
    assert line(lena, "OB-06").progress == "in_progress"
    sign_all(sam, two)
    assert line(lena, "OB-06").progress == "complete"
    assert line(lena, "OB-06").completed_on == NOVEMBER
    before = line(lena, "OB-06")
    sync(lena)
    assert line(lena, "OB-06").completion == before.completion


def test_a_signature_withdrawn_opens_the_line_that_rested_on_it(lena, sam):
    equivalent("OB-06", "OB-01")
    sign_all(sam, *complete(lena, "OB-01"))
    assert line(lena, "OB-06").progress == "complete"
    sign_off = SignOff.objects.get()
    withdraw_sign_off(sign_off=sign_off, because="Wrong day", at=timezone.now())
    assert line(lena, "OB-06").progress == "in_progress"
    withdraw_completion(completion=Completion.objects.get(), by=lena, at=timezone.now())
    assert line(lena, "OB-06").progress == "not_started"


def test_topics_that_stand_for_each_other_settle_and_stay_so(lena, sam):
    equivalent("OB-06", "OB-01")
    equivalent("OB-01", "OB-06")
    sign_all(sam, *complete(lena, "OB-01"))
    assert line(lena, "OB-06").progress == "complete"
    result = sync_plans(staff_members=lena.staff_members.all(), at=timezone.now())
    assert result.changed == 0


REFUSED = [
    ({"renewal_count": 0}, "renewal_count"),
    ({"renewal_count": 1000}, "renewal_count"),
    ({"yearly_month": 6}, "yearly_day"),
    ({"yearly_day": 30}, "yearly_month"),
    ({"yearly_month": 2, "yearly_day": 30}, "yearly_day"),
    ({"yearly_month": 6, "yearly_day": 30, "renewal_count": 12}, "renewal_count"),
    ({"first_from": "yearly"}, "yearly_month"),
    ({"renewal_notice_days": 400}, "renewal_notice_days"),
    ({"yearly_spares_days": 400}, "yearly_spares_days"),
]


@pytest.mark.parametrize(("values", "field"), REFUSED)
def test_a_cycle_that_makes_no_sense_is_refused_next_to_the_field(
    starter_plan, values, field
):
    requirement = Requirement.objects.filter(topic__code="OB-05").get()
    for name, value in values.items():
        setattr(requirement, name, value)
    with pytest.raises(ValidationError) as refused:
        requirement.full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    "values",
    [
        {"renewal_count": 1000},
        {"yearly_month": 6},
        {"yearly_month": 6, "yearly_day": 30, "renewal_count": 12},
        {"first_from": "yearly"},
    ],
)
def test_and_the_database_holds_to_it(starter_plan, values):
    with pytest.raises(IntegrityError):
        change("OB-05", **values)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("offset_count", {"offset_count": 0}),
        ("offset_count", {"offset_count": 1000, "offset_unit": "months"}),
        ("aim_count", {"aim_count": 1000}),
    ],
)
def test_an_offset_of_nothing_or_of_a_lifetime_is_refused_next_to_the_field(
    starter_plan, field, values
):
    audience = RequirementAudience.objects.first()
    for name, value in values.items():
        setattr(audience, name, value)
    with pytest.raises(ValidationError) as refused:
        audience.full_clean()
    assert list(refused.value.message_dict) == [field]
    with pytest.raises(IntegrityError):
        RequirementAudience.objects.filter(pk=audience.pk).update(**values)


def test_what_stands_for_what_is_said_in_the_admin_and_plans_follow(
    client, lena, sam, root
):
    sign_all(sam, *complete(lena, "OB-01"))
    topics = {topic.code: topic.pk for topic in Topic.objects.all()}
    client.force_login(root)
    address = reverse("alongside_equivalences:add")
    told = {"topic": topics["OB-06"], "portion": "", "source": ""}
    page = client.post(address, {**told, "parts": [topics["OB-06"]]})
    assert "A topic cannot stand for itself." in page.content.decode()
    assert client.post(address, {**told, "parts": [topics["OB-01"]]}).status_code == 302
    outbox.drain()
    assert line(lena, "OB-06").progress == "complete"
