"""What earns an award, how it is written in the admin, and giving it to many."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail import hooks

from certificates import actions
from certificates.models import Award, AwardRun, Certificate, Refusal, earned
from certificates.rules import names_among, rounds, signers_of, taken_anew
from competencies import actions as engine
from competencies.models import Completion, Topic, TrainingPlan
from lms import outbox
from lms.registry import Measure
from lms.signals import measure_changed
from tests.conftest import TODAY
from tests.factories import complete, employ, person


@pytest.fixture
def root_client(client, root):
    client.force_login(root)
    return client


def make(**values) -> Award:
    return Award.objects.create(
        **{"key": f"k{Award.objects.count()}", "title": "Steady hands", **values}
    )


def by_topics(*codes, **values) -> Award:
    award = make(earned_by="topics", **values)
    award.topics.set(Topic.objects.filter(code__in=codes))
    return award


def sign(sam, at) -> None:
    lines = {row.pk: engine.seen(row) for row in Completion.objects.standing()}
    engine.sign(signer=sam, lines=lines, at=at)


def test_topics_earn_it_when_the_last_of_them_is_signed(lena, sam, at):
    award = by_topics("OB-01", "OB-02")
    complete(lena, "OB-01")
    sign(sam, at)
    outbox.drain()
    assert not Certificate.objects.exists()
    complete(lena, "OB-02")
    outbox.drain()
    assert not Certificate.objects.exists()
    sign(sam, at + datetime.timedelta(days=1))
    outbox.drain()
    certificate = Certificate.objects.get()
    assert certificate.award == award
    assert [topic["code"] for topic in certificate.took] == ["OB-01", "OB-02"]


def test_a_signature_gone_before_it_is_drawn_earns_nothing(lena, sam, at):
    by_topics("OB-01")
    complete(lena, "OB-01")
    sign(sam, at)
    sign_off = lena_sign_off(lena)
    engine.withdraw_sign_off(sign_off=sign_off, because="Wrong day", at=at)
    outbox.drain()
    assert not Certificate.objects.exists()
    sign(sam, at + datetime.timedelta(hours=1))
    outbox.drain()
    assert Certificate.objects.count() == 1


def lena_sign_off(lena):
    return Completion.objects.get(person=lena).sign_offs.in_force().get()


def renew(lena, sam, code, on, at) -> None:
    complete(lena, code, on=on)
    sign(sam, at)
    outbox.drain()


@pytest.mark.parametrize(("is_renewed", "issued"), [(True, 2), (False, 1)])
def test_what_is_renewed_comes_again_and_the_earlier_stays(
    lena, sam, at, is_renewed, issued
):
    by_topics("OB-01", is_renewed=is_renewed, valid_months=12)
    renew(lena, sam, "OB-01", datetime.date(2025, 11, 10), at)
    renew(lena, sam, "OB-01", TODAY, at + datetime.timedelta(days=1))
    assert Certificate.objects.standing().count() == issued


@given(st.lists(st.sampled_from("ABC"), min_size=1, unique=True), st.data())
def test_a_renewal_asks_for_every_topic_again(codes, data):
    days = st.sampled_from(["2025-01-01", "2026-01-01", "2027-01-01"])
    before = [{"code": code, "completed_on": data.draw(days)} for code in codes]
    now = [{"code": code, "completed_on": data.draw(days)} for code in codes]
    later = [
        a["completed_on"] > b["completed_on"] for a, b in zip(now, before, strict=True)
    ]
    assert taken_anew(now, before) == all(later)
    assert not taken_anew(before, before)


def test_a_whole_plan_earns_it_with_its_last_phase(lena, sam, at):
    plan = lena.staff_members.get().plan
    award = make(
        earned_by="plan", plan=TrainingPlan.objects.get(key=plan.version.plan.key)
    )
    for item in plan.items.exclude(topic__code="OB-01"):
        engine.waive(item=item, by=sam, because="x", reads_as="earlier_learning", at=at)
    complete(lena, "OB-01")
    assert earned(award.rule(), TODAY) == []
    sign(sam, at)
    outbox.drain()
    assert Certificate.objects.filter(award=award).count() == 1


HOURS = {}


@pytest.fixture
def hours(lena):
    """A room that counts hours; the hook goes again."""
    measure = Measure(
        "room.hours", "hours", lambda people, on: {
            each.pk: HOURS[each.pk] for each in people if each.pk in HOURS
        },
    )  # fmt: skip
    with hooks.register_temporarily("register_lms_measures", lambda: [measure]):
        yield HOURS
    HOURS.clear()


def count(lena, amount, at) -> None:
    HOURS[lena.pk] = Decimal(amount)
    measure_changed.send(sender=None, key="room.hours", people=[lena], at=at)
    outbox.drain()


@pytest.mark.parametrize(("is_renewed", "issued"), [(True, 2), (False, 1)])
def test_an_amount_earns_it_when_it_is_reached(lena, hours, at, is_renewed, issued):
    make(earned_by="measure", measure="room.hours", at_least=35, is_renewed=is_renewed)
    count(lena, "34.75", at)
    assert not Certificate.objects.exists()
    count(lena, "35", at)
    assert Certificate.objects.get().took[0]["title"] == "35 × hours"
    count(lena, "74", at + datetime.timedelta(days=1))
    assert Certificate.objects.count() == issued


def test_what_no_room_counts_is_never_met(lena, db):
    award = make(earned_by="measure", measure="no.room", at_least=1)
    assert earned(award.rule(), TODAY) == []
    assert rounds(Decimal("74"), Decimal("35")) == 2


FORM = {
    "title": "Steady hands", "earned_by": "phase", "phase": "orientation",
    "is_active": "on", "signers": "Ana Lima, Program Lead", "sample_name": "",
}  # fmt: skip
ADD = "alongside_awards:add"


def test_how_many_would_earn_it_is_told_before_saving(root_client, completion, award):
    page = root_client.post(reverse(ADD), {**FORM, "look": "count"}).content.decode()
    assert "1 certificate would be earned by this today" in page
    assert Award.objects.count() == 1
    assert 'value="Steady hands"' in page


def test_a_sample_is_drawn_for_the_longest_name(root_client, award):
    name = "Maria da Conceição de Jesus Évora Tavares Monteiro dos Santos e Silva Gonçalves Li"
    told = {**FORM, "look": "sample", "sample_name": name}
    answer = root_client.post(reverse(ADD), told)
    assert answer["Content-Type"] == "application/pdf"
    assert Award.objects.count() == 1
    told["sample_name"] = "សុខា"
    assert "Nothing was issued" in root_client.post(reverse(ADD), told).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phase": ""}, "Please choose what earns it"),
        ({"earned_by": "plan"}, "Please choose what earns it"),
        ({"earned_by": "topics"}, "Please choose what earns it"),
        ({"earned_by": "measure", "at_least": "0"}, "Please choose what earns it"),
        ({"signers": "A, b\nC, d\nE, f"}, "There is room for two"),
    ],
)
def test_a_rule_that_asks_for_nothing_is_not_saved(root_client, award, changes, says):
    page = root_client.post(reverse(ADD), {**FORM, **changes}).content.decode()
    assert says in page
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    "title", ["Family Recovery Support Specialist", "FRSS Basics", "Northside Start"]
)
def test_a_title_that_names_a_role_or_agency_is_warned_of(
    root_client, northside, title
):
    page = root_client.post(reverse(ADD), {**FORM, "title": title}, follow=True)
    assert "can disclose a health condition" in page.content.decode()
    assert Award.objects.filter(title=title).exists()


def test_a_calm_title_warns_of_nothing(root_client, northside):
    page = root_client.post(reverse(ADD), FORM, follow=True).content.decode()
    assert "disclose a health" not in page
    assert names_among("Supervised practice", ["Supervisor", ""]) == []
    assert signers_of("Ana Lima, Program Lead\n\nBo") == (
        ("Ana Lima", "Program Lead"), ("Bo", ""),
    )  # fmt: skip


def give(client, tia, award, **told):
    client.force_login(tia.user)
    address = reverse("lms_certificates:award_give", args=[award.pk])
    return client.post(address, told, follow=True)


def test_everybody_who_earned_it_is_given_one_and_nobody_two(
    client, tia, award, completion
):
    give(client, tia, award, to_all="1")
    give(client, tia, award, to_all="1")
    outbox.drain()
    assert Certificate.objects.get().person == completion.person
    runs = AwardRun.objects.order_by("pk").values_list("people", "looked_at", "issued")
    assert list(runs) == [(1, 1, 1), (1, 1, 0)]
    page = give(client, tia, award, to_all="1").content.decode()
    assert "0 of 0 people" in page


def test_by_hand_it_needs_a_reason_and_known_addresses(client, tia, lena, sam):
    award = make(earned_by="hand", title="Spring retreat")
    told = {"people": "LENA@example.test\nnobody@example.test", "because": "Led it"}
    page = give(client, tia, award, **told).content.decode()
    assert "nobody@example.test" in page
    assert not AwardRun.objects.exists()
    give(
        client,
        tia,
        award,
        people="LENA@example.test, sam@example.test",
        because="Led it",
    )
    give(client, tia, award, people="lena@example.test", because="Led it")
    outbox.drain()
    assert {each.person for each in Certificate.objects.all()} == {lena, sam}
    assert Certificate.objects.first().took[0]["title"] == "Led it"


def test_a_run_says_how_many_could_not_be_set_and_goes_on(client, tia, northside):
    award = make(earned_by="hand")
    people = [person(f"p{number}") for number in range(3)]
    people[1].full_name = "李"
    people[1].save()
    for each in people:
        employ(each, northside, "frss")
    run = actions.give_by_hand(
        award=award, people=people, because="x", by=tia, at=timezone.now()
    )
    outbox.drain()
    run.refresh_from_db()
    assert (run.looked_at, run.issued, run.refused) == (3, 2, 1)
    assert Refusal.objects.get().person == people[1]
    page = client.get(reverse("lms_certificates:award_run", args=[run.pk]))
    assert page.status_code == 302
