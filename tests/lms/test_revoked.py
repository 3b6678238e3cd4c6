"""What somebody no longer may, the very next request of the same session refuses."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model

from certificates.models import Award
from competencies import actions as engine
from competencies.models import Evidence, PlanItem
from content.actions import load_starter_content
from content.models import ModulePage
from lms import actions, policy
from lms.models import Access, Person
from tests.factories import complete, employ, line, supervise

YESTERDAY = datetime.date(2026, 11, 23)
TODAY = datetime.date(2026, 11, 24)


def plan_of(person: Person) -> str:
    staff_member = person.staff_members.order_by("pk").first()
    return reverse("lms_competencies:plan_detail", args=[staff_member.pk])


def status(client, address: str) -> int:
    return client.get(address).status_code


def test_a_tie_that_ends(client, lena, sam, dina, at):
    client.force_login(sam.user)
    assert status(client, plan_of(lena)) == 200
    tie = sam.supervises.get()
    actions.end_tie(tie=tie, ends_on=YESTERDAY, by=dina, at=at)
    assert status(client, plan_of(lena)) == 404
    assert (
        plan_of(lena)
        not in client.get(reverse("lms_competencies:team")).content.decode()
    )


def test_a_supervisor_who_leaves(client, lena, sam):
    client.force_login(sam.user)
    assert status(client, plan_of(lena)) == 200
    sam.staff_members.update(left_on=YESTERDAY)
    assert status(client, plan_of(lena)) == 404
    assert status(client, reverse("lms_competencies:my_plan")) == 200


def test_a_supervisor_who_moves_to_another_agency(client, lena, sam, eastside):
    sam.staff_members.update(left_on=YESTERDAY)
    employ(sam, eastside, "supervisor")
    client.force_login(sam.user)
    assert status(client, plan_of(lena)) == 404


def test_somebody_named_from_outside_after_they_left_may_supervise(client, lena, sam):
    sam.staff_members.update(left_on=datetime.date(2026, 11, 5))
    sam.supervises.update(kind="outside", starts_on=datetime.date(2026, 11, 9))
    client.force_login(sam.user)
    assert status(client, plan_of(lena)) == 200


def test_whom_one_supervised_leaves(client, lena, sam):
    client.force_login(sam.user)
    lena.staff_members.update(left_on=TODAY)
    assert status(client, plan_of(lena)) == 200
    lena.staff_members.update(left_on=YESTERDAY)
    assert status(client, plan_of(lena)) == 404
    client.force_login(lena.user)
    assert status(client, reverse("lms_competencies:my_plan")) == 200


def test_a_director_whose_access_ends_or_who_leaves(client, lena, dina, at):
    client.force_login(dina.user)
    assert status(client, reverse("lms:staff_list")) == 200
    dina.staff_members.update(left_on=YESTERDAY)
    assert status(client, reverse("lms:staff_list")) == 404
    assert status(client, plan_of(lena)) == 404
    dina.staff_members.update(left_on=None)
    access = dina.accesses.get()
    actions.end_access(access=access, ends_on=YESTERDAY, by=None, at=at)
    assert status(client, reverse("lms:staff_list")) == 404
    assert status(client, reverse("lms_competencies:preview_as")) == 404


def test_a_partner_whose_access_ended_reads_less_and_not_more(
    client, pat, starter_plan, at
):
    load_starter_content()
    ModulePage.objects.update(is_open_to_partners=True)
    page = reverse("lms_content:module", args=[ModulePage.objects.first().pk])
    client.force_login(pat.user)
    assert status(client, page) == 200
    actions.end_access(access=pat.accesses.get(), ends_on=YESTERDAY, by=None, at=at)
    assert status(client, page) == 404
    assert not ModulePage.objects.visible_to(pat.user).exists()


def test_who_has_left_keeps_their_own_records_and_nothing_else(client, lena, sam, at):
    load_starter_content()
    page = reverse("lms_content:module", args=[ModulePage.objects.first().pk])
    client.force_login(lena.user)
    assert status(client, page) == 200
    lena.staff_members.update(left_on=YESTERDAY)
    assert status(client, page) == 404
    assert status(client, reverse("lms_competencies:role_descriptions")) == 404
    own = reverse("lms_competencies:item_detail", args=[line(lena, "OB-01").pk])
    assert status(client, own) == 200


@pytest.fixture
def tia_edits(client, tia, starter_plan, at) -> Access:
    load_starter_content()
    tia.accesses.all().delete()
    access = actions.grant_access(
        person=tia, kind="tta", agency=None, starts_on=YESTERDAY, by=None, at=at
    )
    client.force_login(tia.user)
    return access


def admin_doors() -> list[str]:
    module = ModulePage.objects.first()
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[module.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailimages:index"),
        reverse("alongside_awards:edit", args=[_award().pk]),
    ]


def _award() -> Award:
    return Award.objects.get_or_create(key="t", title="T", phase="orientation")[0]


def test_a_member_of_the_training_team_whose_access_ends(client, tia, tia_edits, at):
    assert [status(client, door) for door in admin_doors()] == [200] * 5
    actions.end_access(access=tia_edits, ends_on=YESTERDAY, by=None, at=at)
    assert not tia.user.groups.exists()
    assert [status(client, door) for door in admin_doors()] == [302] * 5


def test_an_access_that_ended_by_its_date_with_nobody_running_anything(
    client, tia, tia_edits
):
    assert status(client, reverse("wagtailadmin_home")) == 200
    Access.objects.filter(pk=tia_edits.pk).update(ends_on=YESTERDAY)
    assert tia.user.groups.exists()
    assert [status(client, door) for door in admin_doors()] == [302] * 5


def test_an_access_opens_the_admin_from_its_first_day(client, tia, tia_edits):
    Access.objects.filter(pk=tia_edits.pk).update(starts_on="2026-11-25")
    assert status(client, reverse("wagtailadmin_home")) == 302
    Access.objects.filter(pk=tia_edits.pk).update(starts_on=TODAY)
    assert status(client, reverse("wagtailadmin_home")) == 200


def test_an_access_that_ends_later_keeps_the_group_until_then(tia, tia_edits, at):
    actions.end_access(
        access=tia_edits, ends_on=datetime.date(2026, 12, 4), by=None, at=at
    )
    assert tia.user.groups.exists()
    assert policy.holds(tia.user, "tta")


def test_an_access_that_had_not_begun_goes(tia, tia_edits, at):
    Access.objects.filter(pk=tia_edits.pk).update(starts_on="2026-12-01")
    tia_edits.refresh_from_db()
    actions.end_access(access=tia_edits, ends_on=TODAY, by=None, at=at)
    assert not tia.accesses.exists()
    assert not tia.user.groups.exists()


def test_a_file_is_served_to_readers_alone(client, lena, starter_plan):
    load_starter_content()
    document = get_document_model().objects.create(title="x", file="nowhere.pdf")
    address = reverse("wagtaildocs_serve", args=[document.pk, "nowhere.pdf"])
    assert client.get(address).url.startswith(reverse("account_login"))
    lena.staff_members.update(left_on=YESTERDAY)
    client.force_login(lena.user)
    assert status(client, address) == 404


def test_what_somebody_learns_after_they_left_stays_theirs(
    client, lena, sam, dina, olu, eastside, at
):
    here = lena.staff_members.get()
    lena.staff_members.update(left_on=datetime.date(2026, 11, 5))
    employ(lena, eastside, "frss", hired_on=datetime.date(2026, 11, 9))
    topic = PlanItem.objects.get(staff_member=here, topic__code="OB-01")
    told = engine.Told(title="Taken at Eastside", completed_on=TODAY)
    engine.record_outside_training(
        person=lena, topics=[(topic.topic, "")], told=told, recorded_by=lena, at=at
    )
    topic.refresh_from_db()
    assert topic.progress == "not_started"
    client.force_login(dina.user)
    for page in ["item_detail", "plan_print", "plan_detail"]:
        pk = topic.pk if page == "item_detail" else here.pk
        shown = client.get(reverse(f"lms_competencies:{page}", args=[pk]))
        assert (shown.status_code, b"Taken at Eastside" in shown.content) == (
            200,
            False,
        )


def test_a_former_director_neither_renames_nor_reaches_nor_invites(
    client, lena, dina, at
):
    Person.objects.filter(pk=lena.pk).update(email="new@east.test", phone="555-0199")
    lena.staff_members.update(left_on=YESTERDAY)
    client.force_login(dina.user)
    staff_member = lena.staff_members.get()
    page = client.get(
        reverse("lms:staff_detail", args=[staff_member.pk])
    ).content.decode()
    assert "new@east.test" not in page
    assert "555-0199" not in page
    told = {
        "full_name": "X Y",
        "email": "dina2@example.test",
        "fte": "0.5",
    }
    client.post(reverse("lms:staff_change", args=[staff_member.pk]), told)
    lena.refresh_from_db()
    assert (lena.full_name, lena.email) == ("Lena", "new@east.test")
    assert lena.staff_members.get().fte == Decimal("0.5")
    assert (
        client.post(reverse("lms:staff_invite", args=[staff_member.pk])).status_code
        == 404
    )


def test_a_guessed_number_tells_no_strangers_signature(client, lena, sam, olu, at):
    [completion] = complete(lena, "OB-01")
    engine.sign(signer=sam, lines={completion.pk: engine.seen(completion)}, at=at)
    for who, is_told in [(olu, False), (sam, True)]:
        client.force_login(who.user)
        told = {"sign": f"{completion.pk}:{'0' * 64}"}
        page = client.post(reverse("lms_competencies:sign_off"), told, follow=True)
        assert ("had signed already" in page.content.decode()) is is_told


def test_whoever_signs_opens_the_evidence_also_a_director_alone(client, lena, dina, at):
    told = engine.Told(
        title="Elsewhere", completed_on=TODAY,
        attachments=[engine.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")],
    )  # fmt: skip
    engine.record_outside_training(
        person=lena, topics=[(line(lena, "OB-04").topic, "")], told=told,
        recorded_by=lena, at=at,
    )  # fmt: skip
    address = reverse(
        "lms_competencies:evidence_download", args=[Evidence.objects.get().pk]
    )
    client.force_login(dina.user)
    assert status(client, address) == 200
    queue = client.get(reverse("lms_competencies:sign_off")).content.decode()
    assert address in queue
    assert "Send back" not in queue


def test_another_agencys_signature_is_not_shown(client, lena, sam, olu, eastside, at):
    [completion] = complete(lena, "OB-01")
    there = employ(lena, eastside, "frss")
    supervise(olu, there)
    actions.bring_transcript(staff_member=there, at=at)
    engine.sign(signer=olu, lines={completion.pk: engine.seen(completion)}, at=at)
    item = PlanItem.objects.get(
        topic__code="OB-01", staff_member__agency__name="Northside", person=lena
    )
    client.force_login(sam.user)
    page = client.get(reverse("lms_competencies:item_detail", args=[item.pk]))
    assert "Olu" not in page.content.decode()
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:item_detail", args=[item.pk]))
    assert "Signed by Olu" in page.content.decode()
