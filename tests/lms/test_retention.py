"""What was kept long enough goes, and the trail stays whole."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from competencies.models import PlanItem
from lms import actions, audit
from lms.models import Agency, AuditEntry, AuditSeal
from lms.tasks import apply_retention, inspect_trail
from tests.factories import line

pytestmark = pytest.mark.django_db
SECRET = "the heron stood quite still"


@pytest.fixture
def gone_for_two_years(lena):
    lena.staff_members.update(
        hired_on=datetime.date(2020, 1, 1), left_on=datetime.date(2024, 11, 1)
    )
    item = line(lena, "OB-01")
    item.notes = SECRET
    item.save()
    return item


def notes(item: PlanItem) -> str:
    item.refresh_from_db()
    return item.notes


def test_shared_words_go_when_the_agency_says_and_not_before(gone_for_two_years, at):
    actions.apply_retention(at=at)
    assert notes(gone_for_two_years) == SECRET
    Agency.objects.update(words_kept_months=24)
    actions.apply_retention(at=at)
    assert notes(gone_for_two_years) == ""
    entry = AuditEntry.objects.get(act="retention.applied")
    assert entry.facts["words"] == 1


def test_a_trial_tells_and_takes_it_all_back(gone_for_two_years, capsys):
    Agency.objects.update(words_kept_months=0)
    call_command("retention")
    told = capsys.readouterr().out
    assert "three years after leaving" in told
    assert "1 would go." in told
    assert "Certificates: for good" in told
    assert notes(gone_for_two_years) == SECRET
    assert not AuditEntry.objects.filter(act="retention.applied").exists()
    call_command("retention", "--apply")
    assert "1 is gone." in capsys.readouterr().out
    assert notes(gone_for_two_years) == ""


def test_who_works_here_keeps_their_words(lena):
    PlanItem.objects.filter(person=lena).update(notes=SECRET)
    Agency.objects.update(words_kept_months=0)
    apply_retention()
    assert not PlanItem.objects.filter(person=lena, notes="").exists()


def months_ago(count: int) -> datetime.datetime:
    """The middle of a month that lies so many months before this one."""
    today = timezone.now().astimezone(datetime.UTC)
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return datetime.datetime(year, month + 1, 15, 12, tzinfo=datetime.UTC)


@pytest.fixture
def two_years(sam, lena) -> None:
    """An entry for each month, sealed as they came."""
    for count in range(24, 0, -1):
        at = months_ago(count)
        audit.record(act="then", actor=sam, about=lena, at=at, facts={"ago": count})
        audit.seal()


@pytest.fixture(autouse=True)
def _an_empty_trail(request):
    cache.delete(audit.FOUND_KEY)
    if "two_years" in request.fixturenames:
        request.getfixturevalue("lena")
        request.getfixturevalue("sam")
        audit.disarm()
        AuditEntry.objects.all().delete()
        audit.arm()


def then() -> set[int]:
    entries = AuditEntry.objects.filter(act="then")
    return {entry.facts["ago"] for entry in entries}


def test_whole_months_go_after_a_year_and_the_chain_holds(two_years):
    assert audit.expire(at=timezone.now()) == 12
    assert then() == set(range(1, 13))
    assert audit.verify() == []
    assert AuditSeal.objects.count() == AuditEntry.objects.count() == 13
    entry = AuditEntry.objects.get(act=audit.EXPIRED)
    assert entry.facts["entries"] == 12
    assert audit.expire(at=timezone.now()) == 0
    audit.record(act="after", actor=None, about=None, at=timezone.now())
    audit.seal()
    assert audit.verify() == []


def test_the_chain_holds_when_everything_in_it_was_old(sam, lena, two_years):
    audit.disarm()
    recent = AuditEntry.objects.filter(at__gt=months_ago(13))
    AuditSeal.objects.filter(entry_id__in=recent.values("pk")).delete()
    recent.delete()
    audit.arm()
    assert audit.expire(at=timezone.now()) == 12
    assert audit.verify() == []
    assert AuditEntry.objects.get().act == audit.EXPIRED


def test_an_old_entry_written_late_waits_for_those_before_it(sam, lena, two_years):
    audit.record(act="late", actor=sam, about=lena, at=months_ago(20))
    audit.seal()
    audit.expire(at=timezone.now())
    assert AuditEntry.objects.filter(act="late").exists()
    assert audit.verify() == []


def test_tampering_after_an_expiry_is_found(two_years):
    audit.expire(at=timezone.now())
    audit.disarm()
    AuditEntry.objects.filter(act="then").order_by("pk")[:1].get().delete()
    audit.arm()
    assert len(audit.verify()) == 1


def test_old_entries_taken_out_by_hand_are_found(two_years):
    """The database lets old rows go; the chain tells if it was not this job."""
    AuditEntry.objects.filter(act="then", at__lt=months_ago(20)).delete()
    assert len(audit.verify()) == 4


@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_the_database_itself_keeps_the_last_year(two_years, model):
    for change in (
        lambda: model.objects.order_by("pk").last().delete(),
        lambda: model.objects.filter(pk=model.objects.first().pk).update(
            **{"act": "x"} if model is AuditEntry else {"digest": "x"}
        ),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_trail_shows_acts_and_never_whose_record(client, ada, sam, lena):
    audit.opened(what="plan", reader=sam, about=lena, target=lena, at=timezone.now())
    actions.ask_for_deletion(person=lena, at=timezone.now())
    client.force_login(ada.user)
    page = client.get(reverse("lms:security_trail")).content.decode()
    assert "plan: opened" in page
    assert "Sam" in page
    assert "data: deletion asked" in page
    assert "Lena" not in page
    assert "has not been checked yet" in page
    audit.seal()
    inspect_trail()
    assert (
        "The chain is whole"
        in client.get(reverse("lms:security_trail")).content.decode()
    )


def test_the_page_says_when_the_chain_does_not_fit(client, ada, two_years):
    AuditEntry.objects.filter(at__lt=months_ago(23)).delete()
    assert inspect_trail() == 1
    client.force_login(ada.user)
    page = client.get(reverse("lms:security_trail")).content.decode()
    assert "The chain does not fit" in page


def test_the_trail_is_filtered_by_act_and_month(client, ada, two_years):
    audit.record(act="now.done", actor=None, about=None, at=timezone.now())
    client.force_login(ada.user)
    url = reverse("lms:security_trail")
    page = client.get(url, {"act": "now.done"}).content.decode()
    assert page.count("<tr>") == 2
    page = client.get(url, {"month": f"{months_ago(3):%Y-%m}"}).content.decode()
    assert page.count("<tr>") == 2
    page = client.get(url, {"month": "nonsense", "page": "x"}).content.decode()
    assert "then" in page


def test_the_trail_costs_the_same_however_long(
    client, ada, lena, sam, assert_queries_do_not_grow
):
    client.force_login(ada.user)
    assert_queries_do_not_grow(
        lambda: client.get(reverse("lms:security_trail")),
        lambda: [
            audit.record(act="more", actor=sam, about=lena, at=timezone.now())
            for _ in range(5)
        ],
    )
