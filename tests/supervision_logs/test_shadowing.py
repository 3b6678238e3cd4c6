"""Lena goes along with Ben, Sam and she talk it over, Ben confirms day and minutes."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from lms.actions import apply_retention
from lms.models import AuditEntry
from supervision_logs import actions
from supervision_logs.models import Contact, ShadowingVisit, Suggestion, VisitTask
from tests.conftest import TODAY
from tests.factories import employ, person

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + datetime.timedelta(days=1)


def url(page: str, *arguments: object) -> str:
    return reverse(f"lms_supervision_logs:{page}", args=arguments)


@pytest.fixture
def staff(lena):
    return lena.staff_members.get()


@pytest.fixture
def visit(lena, staff, ben) -> ShadowingVisit:
    return ShadowingVisit.objects.create(
        person=lena, staff_member=staff, host=ben, planned_by=lena,
        activity="Intake", purpose="See how questions are asked",
        planned_for=TODAY,
    )  # fmt: skip


@pytest.fixture
def done(visit) -> ShadowingVisit:
    visit.happened_on, visit.minutes = TODAY, 45
    visit.notes = "The form has nine parts"
    actions.note_visit(visit=visit, at=timezone.now())
    return visit


PLAN = {"kind": "shadow", "activity": "Intake", "with_whom": "Jo Hall, intake worker"}
NOTES = {"happened_on": TODAY, "minutes": 45}


# Planning


def test_either_of_the_two_plans_a_visit(client, lena, sam, staff):
    for reader in (lena, sam):
        client.force_login(reader.user)
        answer = client.post(url("visit_plan", staff.pk), PLAN)
        visit = ShadowingVisit.objects.get(planned_by=reader)
        assert answer.url == url("visit_detail", visit.pk)
        assert visit.person == lena


def test_suggestions_begin_a_visit(client, lena, staff):
    client.force_login(lena.user)
    html = client.get(url("shadowing_list", staff.pk)).content.decode()
    activities = Suggestion.objects.filter(kind="activity")
    assert activities.count() == 7
    for each in activities:
        assert each.title in html
    form = client.get(url("visit_plan", staff.pk), {"activity": "Groups"})
    assert 'value="Groups"' in form.content.decode()


def test_contacts_on_the_checklist_lead_to_a_visit(client, lena, staff):
    client.force_login(lena.user)
    html = client.get(url("shadowing_list", staff.pk)).content.decode()
    assert "Child-centered resources" in html
    assert "Tick it on the plan" in html


def test_a_visit_needs_somebody(client, lena, staff):
    client.force_login(lena.user)
    page = client.post(url("visit_plan", staff.pk), PLAN | {"with_whom": ""})
    assert "Say whom you will meet" in page.content.decode()
    assert not ShadowingVisit.objects.exists()


def test_only_the_person_invites_somebody_to_watch(client, lena, sam, staff):
    observed = PLAN | {"kind": "observed"}
    client.force_login(sam.user)
    assert client.post(url("visit_plan", staff.pk), observed).status_code == 200
    assert not ShadowingVisit.objects.exists()
    client.force_login(lena.user)
    assert client.post(url("visit_plan", staff.pk), observed).status_code == 302


def test_a_supervisor_may_prepare_what_the_person_invited_to(client, sam, visit):
    ShadowingVisit.objects.update(kind="observed")
    client.force_login(sam.user)
    told = PLAN | {"kind": "observed", "learn_ask": "What did you see?"}
    assert client.post(url("visit_change", visit.pk), told).status_code == 302
    visit.refresh_from_db()
    assert visit.kind == "observed"


def test_a_name_in_the_purpose_is_asked_about_and_the_host_s_is_not(
    client, lena, staff
):
    client.force_login(lena.user)
    told = PLAN | {"with_whom": "Jessica Hall, WIC", "purpose": "Ask Jessica about it"}
    assert client.post(url("visit_plan", staff.pk), told).status_code == 302
    told["purpose"] = "See how Maria does"
    asked = client.post(url("visit_plan", staff.pk), told).content.decode()
    assert "<strong>Maria</strong>" in asked
    assert ShadowingVisit.objects.count() == 1


def test_every_free_text_of_a_visit_is_looked_into(client, lena, staff, visit):
    client.force_login(lena.user)
    for field in ("activity", "purpose", "learn_ask", "bring_share"):
        page = client.post(url("visit_plan", staff.pk), PLAN | {field: "See Maria"})
        assert "Could somebody be recognized" in page.content.decode(), field
    for field in ("notes", "follow_up"):
        page = client.post(url("visit_note", visit.pk), NOTES | {field: "See Maria"})
        assert "Could somebody be recognized" in page.content.decode(), field
    step = {"text": "Call Maria", "owner": lena.pk}
    page = client.post(url("visit_task_add", visit.pk), step)
    assert "Could somebody be recognized" in page.content.decode()


# Visiting, and what follows


def test_notes_a_day_to_talk_and_a_next_step_follow_a_visit(client, lena, sam, visit):
    client.force_login(lena.user)
    told = NOTES | {"notes": "Nine parts", "talk_on": TOMORROW}
    client.post(url("visit_note", visit.pk), told)
    step = {"text": "Bring the form", "owner": sam.pk, "due_on": TOMORROW}
    client.post(url("visit_task_add", visit.pk), step)
    client.force_login(sam.user)
    html = client.get(url("visit_detail", visit.pk)).content.decode()
    assert "Nine parts" in html
    assert "Bring the form" in html
    client.post(url("visit_talked", visit.pk))
    client.post(url("visit_task_done", VisitTask.objects.get().pk))
    visit.refresh_from_db()
    assert visit.talked_on == TODAY
    assert VisitTask.objects.get().done_on == TODAY


def test_a_day_to_come_is_not_noted(client, lena, visit):
    client.force_login(lena.user)
    page = client.post(url("visit_note", visit.pk), NOTES | {"happened_on": TOMORROW})
    assert "still to come" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "kept"), [("true", True), ("false", False), ("", None)]
)
def test_of_feedback_only_that_it_was_shared_is_kept(client, lena, visit, said, kept):
    ShadowingVisit.objects.update(kind="observed")
    client.force_login(lena.user)
    client.post(url("visit_note", visit.pk), NOTES | {"was_feedback_shared": said})
    visit.refresh_from_db()
    assert visit.was_feedback_shared is kept


def test_what_does_not_take_place_is_dropped_and_can_still_happen(client, lena, visit):
    client.force_login(lena.user)
    client.post(url("visit_drop", visit.pk))
    visit.refresh_from_db()
    assert visit.dropped_on == TODAY
    client.post(url("visit_note", visit.pk), NOTES)
    visit.refresh_from_db()
    assert (visit.dropped_on, visit.minutes) == (None, 45)


def test_the_database_wants_minutes_with_a_day(visit):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShadowingVisit.objects.update(happened_on=TODAY)


# The host


def confirm(client, visit, day=TODAY, minutes=45):
    told = {"day": day, "minutes": minutes}
    return client.post(url("visit_confirm", visit.pk), told, follow=True)


def test_the_host_confirms_day_and_minutes_and_reads_nothing_else(client, ben, done):
    client.force_login(ben.user)
    assert "Confirm day and minutes" in client.get(reverse("lms:home")).content.decode()
    html = client.get(url("shadowing")).content.decode()
    assert "45 min" in html
    assert "nine parts" not in html
    assert "Intake" not in html
    assert client.get(url("visit_detail", done.pk)).status_code == 404
    confirm(client, done)
    done.refresh_from_db()
    assert done.host_confirmed_at
    assert "Confirm day" not in client.get(reverse("lms:home")).content.decode()


def test_a_host_confirms_what_they_saw(client, ben, done):
    client.force_login(ben.user)
    for seen in ({"minutes": 60}, {"day": "x"}, {"minutes": "x"}):
        assert "have changed" in confirm(client, done, **seen).content.decode()
    done.refresh_from_db()
    assert done.host_confirmed_at is None


def test_other_minutes_void_the_confirmation_and_other_notes_do_not(client, lena, done):
    ShadowingVisit.objects.update(host_confirmed_at=timezone.now())
    client.force_login(lena.user)
    client.post(url("visit_note", done.pk), NOTES | {"notes": "More"})
    done.refresh_from_db()
    assert done.host_confirmed_at
    client.post(url("visit_note", done.pk), NOTES | {"minutes": 60})
    done.refresh_from_db()
    assert done.host_confirmed_at is None


def test_nobody_but_the_host_confirms_and_not_before(client, lena, sam, ben, visit):
    client.force_login(ben.user)
    assert client.post(url("visit_confirm", visit.pk)).status_code == 404
    ShadowingVisit.objects.update(happened_on=TODAY, minutes=45)
    for reader in (lena, sam):
        client.force_login(reader.user)
        assert client.post(url("visit_confirm", visit.pk)).status_code == 404


# Who reads it


def test_a_director_reads_days_and_minutes(client, dina, done):
    client.force_login(dina.user)
    for page in (
        url("shadowing_list", done.staff_member_id),
        url("visit_detail", done.pk),
    ):
        html = client.get(page).content.decode()
        assert "45 min" in html
        for word in ("Intake", "nine parts", "Ben", "questions"):
            assert word not in html
    assert not AuditEntry.objects.filter(act__startswith="shadowing").exists()


def test_what_a_supervisor_opens_is_told_to_the_person(client, sam, lena, done):
    client.force_login(sam.user)
    client.get(url("visit_detail", done.pk))
    client.get(url("shadowing_list", done.staff_member_id))
    client.force_login(lena.user)
    html = client.get(reverse("lms:opened")).content.decode()
    assert "Sam opened a shadowing visit of yours" in html
    assert "Sam opened your shadowing visits" in html


def test_paper_holds_the_seven_fields_twice(client, lena):
    client.force_login(lena.user)
    html = client.get(url("shadowing_blank")).content.decode()
    assert html.count('<section class="sheet">') == 2
    for field in (
        "Person to Shadow/Meet (Name, Role):",
        "Purpose or Intention of Meeting:",
        "Contact Information:",
        "What I Want to Learn or Ask",
        "What I Want to Bring or Share",
        "Notes:",
        "Follow-up/Next Steps:",
    ):
        assert html.count(field) == 2


def test_paper_is_filled_in(client, lena, done):
    client.force_login(lena.user)
    html = client.get(url("shadowing_print", done.staff_member_id)).content.decode()
    assert "The form has nine parts" in html


# Contacts


@pytest.fixture
def contact(ben, northside) -> Contact:
    return Contact.objects.create(
        agency=northside, name="Jo Hall", role="Social worker", owner=ben,
        phone="555-0100", checked_on=datetime.date(2026, 1, 1),
    )  # fmt: skip


def test_contacts_are_shared_at_one_agency(client, lena, olu, contact):
    client.force_login(lena.user)
    assert "Jo Hall" in client.get(url("contacts")).content.decode()
    client.force_login(olu.user)
    assert "Jo Hall" not in client.get(url("contacts")).content.decode()


def test_whoever_saves_a_contact_looks_after_it(client, lena, ben, dina, contact):
    client.force_login(lena.user)
    assert client.get(url("contact_change", contact.pk)).status_code == 404
    client.post(url("contact_add"), {"name": "Al Reed"})
    assert Contact.objects.get(name="Al Reed").owner == lena
    client.force_login(dina.user)
    client.post(url("contact_change", contact.pk), {"name": "Jo Hall"})
    contact.refresh_from_db()
    assert (contact.owner, contact.checked_on) == (dina, TODAY)


def test_a_visit_keeps_the_words_of_a_contact_that_goes(
    client, ben, lena, staff, contact
):
    client.force_login(lena.user)
    told = {"kind": "meet", "contact": contact.pk, "activity": "Referrals"}
    client.post(url("visit_plan", staff.pk), told)
    client.force_login(ben.user)
    client.post(url("contact_change", contact.pk), {"delete": "1"})
    visit = ShadowingVisit.objects.get()
    assert visit.contact is None
    assert visit.with_whom == "Jo Hall, Social worker"
    assert visit.contact_information == "555-0100"


# Words that go


def test_redacted_words_are_gone_and_facts_and_confirmation_stay(
    client, lena, done, ben
):
    ShadowingVisit.objects.update(
        host_confirmed_at=timezone.now(), follow_up="x", talk_on=TOMORROW
    )
    VisitTask.objects.create(
        person=lena, staff_member=done.staff_member, visit=done, text="x", owner=ben,
        noted_by=lena,
    )  # fmt: skip
    client.force_login(lena.user)
    assert "for good" in client.get(url("visit_redact", done.pk)).content.decode()
    client.post(url("visit_redact", done.pk))
    done.refresh_from_db()
    assert not any(getattr(done, name) for name in (*done.WORDS, "activity"))
    assert (done.minutes, done.happened_on, done.host) == (45, TODAY, ben)
    assert done.host_confirmed_at
    assert done.redacted_on
    assert not VisitTask.objects.exists()
    entry = AuditEntry.objects.get(act="shadowing_visit.redacted")
    assert entry.facts == {}


def test_words_go_three_years_after_leaving(done, at):
    done.staff_member.hired_on = datetime.date(2020, 1, 1)
    done.staff_member.left_on = datetime.date(2023, 11, 1)
    done.staff_member.save()
    apply_retention(at=at)
    done.refresh_from_db()
    assert (done.notes, done.activity, done.minutes) == ("", "", 45)


def test_the_list_costs_the_same_however_long(
    client, lena, staff, ben, assert_queries_do_not_grow
):
    client.force_login(lena.user)

    def add() -> None:
        for number in range(5):
            visit = ShadowingVisit.objects.create(
                person=lena, staff_member=staff, host=ben, planned_by=lena,
                happened_on=TODAY if number % 2 else None,
                minutes=30 if number % 2 else None,
            )  # fmt: skip
            VisitTask.objects.create(
                person=lena, staff_member=staff, visit=visit, text="x", owner=ben,
                noted_by=lena,
            )  # fmt: skip

    add()
    for page in ("shadowing_list", "shadowing_print"):
        address = url(page, staff.pk)
        assert_queries_do_not_grow(lambda a=address: client.get(a), add)


def test_hosts_are_colleagues_of_the_same_agency(
    client, lena, staff, ben, olu, northside
):
    left = person("lou")
    employ(left, northside, "frss")
    left.staff_members.update(left_on=datetime.date(2026, 11, 10))
    client.force_login(lena.user)
    form = client.get(url("visit_plan", staff.pk)).context["form"]
    hosts = set(form.fields["host"].queryset)
    assert ben in hosts
    assert not hosts & {lena, olu, left}
