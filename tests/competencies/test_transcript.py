"""Lena moves to Eastside: what she learned stays hers until she brings it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.models import Award, Certificate
from competencies import actions
from competencies.models import Completion, Evidence, PlanItem, SendBack, SignOff
from lms.actions import bring_transcript, make_joining_code, note_last_day
from lms.models import OneTimeCode, Person, Role, StaffMember
from tests.factories import complete, employ, supervise

CODES = ["OB-01", "OB-02", "OB-04"]


@pytest.fixture
def moved(lena, sam, dina, olu, eastside) -> StaffMember:
    """Three trainings signed by Sam; then her last day there, and Eastside."""
    completions = complete(lena, *CODES)
    sign(sam, completions)
    note_last_day(
        staff_member=lena.staff_members.get(), last_day=datetime.date(2026, 11, 23),
        accesses=[], by=dina, at=timezone.now(),
    )  # fmt: skip
    there = employ(lena, eastside, "frss")
    supervise(olu, there)
    return there


@pytest.fixture
def brought(moved) -> StaffMember:
    bring_transcript(staff_member=moved, at=timezone.now())
    return moved


def sign(signer, completions) -> None:
    lines = {each.pk: actions.seen(each) for each in completions}
    assert actions.sign(signer=signer, lines=lines, at=timezone.now()).signed


def states(staff_member) -> list[str]:
    items = PlanItem.objects.filter(staff_member=staff_member, topic__code__in=CODES)
    return list(items.order_by("topic__code").values_list("progress", flat=True))


def transcript(staff_member) -> str:
    return reverse("lms_competencies:transcript", args=[staff_member.pk])


def test_the_next_agency_sees_nothing_of_it_by_default(client, lena, olu, moved):
    assert states(moved) == ["not_started"] * 3
    assert not Completion.objects.visible_to(olu.user).filter(person=lena).exists()
    client.force_login(olu.user)
    assert client.get(transcript(moved)).status_code == 404
    item = PlanItem.objects.get(staff_member=moved, topic__code="OB-01")
    page = client.get(f"/plan/items/{item.pk}/").content.decode()
    assert "Signed by Sam" not in page


def test_neither_evidence_nor_certificates_reach_the_next_agency(
    lena, olu, moved, eastside
):
    told = actions.Told(
        title="x", completed_on=datetime.date(2026, 11, 10),
        attachments=[actions.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")],
    )  # fmt: skip
    record = actions.record_outside_training(
        person=lena, topics=[], told=told, recorded_by=lena,
        at=moved.learning_from - datetime.timedelta(days=1),
    )  # fmt: skip
    certificate = Certificate.objects.create(
        person=lena, award=Award.objects.create(key="t", title="T", phase="x"), cycle="1",
        number="1", code="c", name="Lena", title="T", issuer="I", design="d",
        issued_on=datetime.date(2026, 11, 1), sha256="0",
    )  # fmt: skip
    hidden = [record.evidence.get(), record, certificate]
    for row in hidden:
        assert not type(row).objects.visible_to(olu.user).filter(pk=row.pk).exists()
        assert type(row).objects.visible_to(lena.user).filter(pk=row.pk).exists()
    bring_transcript(staff_member=moved, at=timezone.now())
    for row in hidden:
        assert type(row).objects.visible_to(olu.user).filter(pk=row.pk).exists()
    assert Evidence.objects.count() == 1


def test_what_is_learned_there_is_seen_there(lena, olu, moved):
    item = PlanItem.objects.get(staff_member=moved, topic__code="OB-05")
    told = actions.Told(title="x", completed_on=datetime.date(2026, 11, 24))
    actions.record_outside_training(
        person=lena, topics=[(item.topic, item.portion)], told=told,
        recorded_by=lena, at=timezone.now(),
    )  # fmt: skip
    item.refresh_from_db()
    assert item.progress == "awaiting"
    assert Completion.objects.visible_to(olu.user).filter(person=lena).count() == 1


def test_the_person_decides_to_bring_it(client, lena, moved):
    client.force_login(lena.user)
    assert "You learned things before" in client.get("/").content.decode()
    address = reverse("lms_competencies:transcript_bring")
    page = client.get(address).content.decode()
    assert "Olu" in page
    assert "Language as Advocacy" in page
    assert states(moved) == ["not_started"] * 3
    client.post(address)
    assert states(moved) == ["awaiting"] * 3
    assert "You learned things before" not in client.get("/").content.decode()


def test_accepting_many_and_sending_one_back_takes_no_more_than_that(
    client, lena, sam, olu, brought
):
    client.force_login(olu.user)
    page = client.get(transcript(brought)).content.decode()
    assert page.count("Signed there by Sam") == 3
    chosen = re.findall(r'name="sign" value="([^"]+)"', page)
    back = PlanItem.objects.get(staff_member=brought, topic__code="OB-04")
    address = reverse("lms_competencies:sign_off_send_back", args=[back.pk])
    answer = client.post(address, {"transcript": "", "note": "Which module?"})
    assert answer.url == transcript(brought)
    keep = [each for each in chosen if not each.startswith(f"{back.completion_id}:")]
    client.post(transcript(brought), {"sign": keep})
    assert states(brought) == ["complete", "complete", "sent_back"]
    here = SignOff.objects.filter(staff_member=brought)
    assert {(each.signer, each.capacity) for each in here} == {(olu, "supervisor")}
    assert "Nothing of it waits" in client.get(transcript(brought)).content.decode()


def test_sending_back_changes_nothing_at_the_earlier_agency(lena, sam, olu, brought):
    item = PlanItem.objects.select_related("completion").get(
        staff_member=brought, topic__code="OB-01"
    )
    actions.send_back(item=item, by=olu, note="?", at=timezone.now())
    earlier = lena.staff_members.exclude(pk=brought.pk).get()
    assert SignOff.objects.in_force().filter(staff_member=earlier).count() == 3
    actions.sync_plans(staff_members=lena.staff_members.all(), at=timezone.now())
    assert states(earlier) == ["complete"] * 3
    assert states(brought)[0] == "sent_back"


def test_what_an_earlier_agency_sent_back_waits_afresh_and_its_note_stays_there(
    client, lena, sam, olu, eastside
):
    complete(lena, "OB-01")
    item = PlanItem.objects.select_related("completion").get(
        person=lena, topic__code="OB-01"
    )
    actions.send_back(item=item, by=sam, note="Only between us", at=timezone.now())
    there = employ(lena, eastside, "frss")
    supervise(olu, there)
    bring_transcript(staff_member=there, at=timezone.now())
    assert states(there)[0] == "awaiting"
    assert SendBack.objects.visible_to(olu.user).count() == 0
    client.force_login(olu.user)
    line = PlanItem.objects.get(staff_member=there, topic__code="OB-01")
    for address in [f"/plan/items/{line.pk}/", transcript(there)]:
        assert "Only between us" not in client.get(address).content.decode()


def test_nobody_but_who_signs_there_opens_the_transcript(client, cast, brought):
    for who, status in [("sam", 404), ("dina", 404), ("abe", 404), ("olu", 200)]:
        client.force_login(cast[who])
        assert client.get(transcript(brought)).status_code == status, who


def test_a_code_from_the_person_lets_the_next_director_employ_them(
    client, lena, abe, eastside
):
    client.force_login(lena.user)
    page = client.post(reverse("lms:my_moving")).content.decode()
    code = re.search(r"(\w{5}-){3}\w{5}", page)[0]
    client.force_login(abe.user)
    told = {
        "code": code, "agency": eastside.pk, "hired_on": "2026-12-01", "fte": "1",
        "roles": ["frss"],
    }  # fmt: skip
    client.post(reverse("lms:staff_join"), told)
    there = lena.staff_members.get(agency=eastside)
    assert there.learning_from is not None
    assert Person.objects.filter(full_name="Lena").count() == 1
    page = client.post(reverse("lms:staff_join"), told).content.decode()
    assert "has been used" in page
    assert lena.staff_members.count() == 2


def test_a_code_for_moving_is_too_old_after_two_weeks(client, lena, abe, eastside):
    code = make_joining_code(person=lena, at=timezone.now())
    OneTimeCode.objects.update(expires_at=timezone.now())
    client.force_login(abe.user)
    page = client.post(
        reverse("lms:staff_join"),
        {"code": code, "agency": eastside.pk, "fte": "1", "roles": ["frss"]},
    )
    assert "too old" in page.content.decode()
    assert Role.objects.exists()
    assert not lena.staff_members.filter(agency=eastside).exists()


def test_coming_back_to_the_same_agency_hides_nothing(lena, sam, northside):
    complete(lena, "OB-01")
    again = employ(lena, northside, "frss")
    assert again.learning_from is None
    assert states(again)[0] == "awaiting"
