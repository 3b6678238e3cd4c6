"""What somebody takes along, what they let go, and that a restore changes nothing."""

import datetime
import io
import json
import zipfile

import pytest
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from certificates.models import Award, Certificate, CertificateFile, Refusal
from competencies import actions as plans
from competencies.models import (
    Competency,
    DevelopmentGoal,
    Evidence,
    FirstDayNamed,
    GoalStep,
    PlanItem,
    PlanReview,
    SendBack,
    SignOff,
    SkillRating,
    SkillsTogether,
    Training,
    VisitsTogether,
)
from content.models import ModuleProgress
from lms import actions, audit, outbox
from lms.conf import conf
from lms.models import (
    Access,
    AuditEntry,
    Credential,
    DeletionRequest,
    Pause,
    Person,
    StaffMember,
)
from lms.privacy import take_out
from lms.step_up import StepUp
from lms.tasks import carry_out_deletions
from tests.factories import complete, line

SECRET = "the heron stood quite still"
LATER = datetime.timedelta(days=15)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_place_for_files(settings, tmp_path):
    settings.LMS_VAR_DIR = tmp_path


@pytest.fixture
def written(lena, sam, at) -> Person:
    """Lena, with something of everything: words, files, a certificate, an account."""
    attached = plans.Attachment("../my file.pdf", "application/pdf", b"%PDF-lena", "0")
    complete(lena, "OB-01", attachments=[attached])
    [signed] = complete(lena, "OB-02")
    plans.sign(signer=sam, lines={signed.pk: plans.seen(signed)}, at=at)
    complete(lena, "OB-04")
    plans.send_back(item=line(lena, "OB-04"), by=sam, note=SECRET, at=at)
    plans.waive(
        item=line(lena, "OB-06"), reads_as="role", because=SECRET, by=sam, at=at
    )
    item = line(lena, "OB-05")
    item.notes = item.training_information = SECRET
    item.save()
    plans.agree_on_date(
        item=item, on=datetime.date(2026, 12, 1), because=SECRET, by=sam, at=at
    )
    lena.called, lena.phone, lena.email = "Leni", "555-0199", "lena@work.test"
    lena.save()
    Credential.objects.create(person=lena, kind="Recovery coach", number="77")
    Pause.objects.create(staff_member=lena.staff_members.get(), starts_on=at.date())
    award = Award.objects.create(key="t", title="Foundations", phase="orientation")
    certificate = Certificate.objects.create(
        person=lena, award=award, cycle="1", number="2026-1", code="c0de",
        name="Lena", title="Foundations", issuer="I", design="d",
        issued_on=at.date(), sha256="0",
    )  # fmt: skip
    CertificateFile.objects.create(certificate=certificate, content=b"%PDF-award")
    Refusal.objects.create(
        person=lena,
        award=award,
        cycle="2",
        earned_on=at.date(),
        sentence=SECRET,
        refused_at=at,
    )
    ModuleProgress.objects.create(
        person=lena,
        module="0f9e5f5c-0000-4000-8000-000000000001",
        training=Training.objects.first(),
        answers={"one": [1]},
        started_at=at,
    )
    return lena


def unzipped(response: HttpResponse) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def download(client, person: Person) -> zipfile.ZipFile:
    client.force_login(person.user)
    return unzipped(client.get(reverse("lms:my_data_download")))


def leave(person: Person) -> None:
    person.staff_members.update(left_on=datetime.date(2026, 11, 20))


def delete(person: Person) -> None:
    """Ask, wait, and let the worker do it."""
    actions.ask_for_deletion(person=person, at=timezone.now() - LATER)
    carry_out_deletions()
    outbox.drain()


def words_left(person: Person) -> list[str]:
    takeout = take_out(Person.objects.get(pk=person.pk), timezone.now())
    text = takeout.json()
    return [word for word in (SECRET, "Leni", "555-0199", "@", "coach") if word in text]


def test_everything_is_in_the_download_to_read_and_to_use(client, written):
    archive = download(client, written)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "my-data.html",
        "my-data.json",
        "files/1-my file.pdf",
        "files/2-certificate-2026-1.pdf",
    ]
    assert archive.read("files/1-my file.pdf") == b"%PDF-lena"
    assert archive.read("files/2-certificate-2026-1.pdf") == b"%PDF-award"
    told = json.loads(archive.read("my-data.json"))
    parts = {part["title"]: part["rows"] for part in told["sections"]}
    [noted] = [row for row in parts["The lines of my plan"] if "notes" in row]
    assert noted["training_information"] == SECRET
    assert noted["agreed_by"] == "Sam"
    assert parts["Who I am"][0]["phone"] == "555-0199"
    assert parts["My account"][0]["email"] == "lena@example.test"
    assert "password" not in parts["My account"][0]
    assert parts["My certificates"][0]["number"] == "2026-1"
    page = archive.read("my-data.html").decode()
    assert page.count(SECRET) == 6
    assert 'href="files/1-my%20file.pdf"' in page
    assert "--paper" in page
    assert "://" not in page


def test_words_of_others_stay_with_others(client, written, sam):
    archive = download(client, sam)
    for name in ("my-data.html", "my-data.json"):
        text = archive.read(name).decode()
        assert SECRET not in text
        assert "Lena" not in text


def test_markup_in_words_stays_words(client, lena):
    PlanItem.objects.filter(pk=line(lena, "OB-05").pk).update(notes="<script>x")
    page = download(client, lena).read("my-data.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page


def test_a_file_that_is_gone_does_not_spoil_the_rest(client, written):
    stored = Evidence.objects.get().stored_as
    conf.private_storage.delete(stored)
    archive = download(client, written)
    assert b"could not be found" in archive.read("files/1-my file.pdf.txt")
    assert archive.read("files/2-certificate-2026-1.pdf") == b"%PDF-award"


def test_it_can_be_taken_after_leaving(client, written):
    leave(written)
    assert "my-data.json" in download(client, written).namelist()
    menu = client.get("/").content.decode()
    for page in (reverse("lms:my_data"), reverse("lms:opened")):
        assert f'href="{page}"' in menu
        assert client.get(page).status_code == 200


def test_taking_it_along_asks_once_more_and_is_noted(client, lena):
    door = StepUp(
        is_needed_to_sign=lambda request: True,
        is_needed_to_share=lambda request: True,
        ask=lambda request: HttpResponse("who is there?"),
    )
    client.force_login(lena.user)
    with hooks.register_temporarily("register_lms_step_up", lambda: door):
        for answer in (
            client.get(reverse("lms:my_data_download")),
            client.post(reverse("lms:my_deletion")),
        ):
            assert answer.content == b"who is there?"
    assert not AuditEntry.objects.filter(act="data.taken_out").exists()
    download(client, lena)
    assert AuditEntry.objects.filter(act="data.taken_out", about=lena).exists()


def test_the_download_costs_the_same_however_long(lena, at, assert_queries_do_not_grow):
    complete(lena, "OB-01", "OB-02")
    assert_queries_do_not_grow(
        lambda: take_out(lena, at).html(),
        lambda: complete(lena, "OB-03", "OB-04", "OB-05", "OB-06"),
    )


def test_a_preview_says_what_goes_and_what_stays(client, written):
    client.force_login(written.user)
    page = client.get(reverse("lms:my_deletion")).content.decode()
    assert "The lines of my plan: training information, notes" in page
    assert "My pauses" in page
    assert "Your agency has to be able to show" in page
    assert "until your last day here is over" in page
    assert not DeletionRequest.objects.exists()


def test_somebody_asks_is_told_and_takes_it_back(client, lena, mailoutbox):
    client.force_login(lena.user)
    client.post(reverse("lms:my_deletion"))
    client.post(reverse("lms:my_deletion"))
    assert DeletionRequest.objects.waiting().count() == 1
    outbox.drain()
    [message] = mail.outbox
    assert message.to == ["lena@example.test"]
    assert reverse("lms:my_deletion") in message.body
    page = client.get(reverse("lms:my_deletion"))
    assert "You can still take it back" in page.content.decode()
    client.post(reverse("lms:my_deletion_take_back"))
    assert not DeletionRequest.objects.waiting().exists()
    answer = client.post(reverse("lms:my_deletion_take_back"), follow=True)
    assert "Nothing was waiting" in answer.content.decode()


def test_nothing_goes_early_nor_while_somebody_works_here(written, at):
    actions.ask_for_deletion(person=written, at=at - LATER)
    assert actions.enqueue_due_deletions(at=at) == 0
    leave(written)
    assert actions.enqueue_due_deletions(at=at - datetime.timedelta(days=2)) == 0
    assert actions.enqueue_due_deletions(at=at) == 1
    actions.take_deletion_back(person=written, at=at)
    outbox.drain()
    assert SECRET in words_left(written)


def test_a_rehire_in_the_meantime_only_puts_it_off(written, at, monkeypatch):
    leave(written)
    actions.ask_for_deletion(person=written, at=at - LATER)
    actions.enqueue_due_deletions(at=at)
    StaffMember.objects.update(left_on=None)
    outbox.drain()
    assert SECRET in words_left(written)
    leave(written)
    assert actions.enqueue_due_deletions(at=at + datetime.timedelta(days=1)) == 1
    outbox.drain()
    assert words_left(written) == []


def test_words_go_facts_stay_and_the_account_is_closed(client, written, sam):
    client.force_login(written.user)
    leave(written)
    delete(written)
    assert words_left(written) == []
    written.refresh_from_db()
    assert written.user is None
    assert written.full_name == "Lena"
    assert client.get(reverse("lms:my_data")).status_code == 302
    assert SignOff.objects.in_force().filter(person=written).count() == 1
    assert Certificate.objects.get().name == "Lena"
    assert SendBack.objects.get().note == ""
    assert PlanItem.objects.get(waived_by=sam).waived_because == "–"
    assert Evidence.objects.get().open().read() == b"%PDF-lena"
    for model in (Credential, ModuleProgress, Refusal):
        assert not model.objects.exists()
    assert not Pause.objects.filter(staff_member__person=written).exists()
    assert DeletionRequest.objects.get().done_at
    assert AuditEntry.objects.filter(act="data.deleted", about=written).exists()


def test_what_the_two_settled_goes_too(written, sam, at):
    plan = written.staff_members.get().plan
    own = {"person": written, "staff_member": plan.staff_member, "staff_plan": plan}
    day = at.date()
    plans.name_first_day(plan=plan, first_day=day, by=sam, at=at)
    plans.note_visits(plan=plan, count=2, by=sam)
    PlanReview.objects.create(
        **own, held_on=day, looked_at=SECRET, noted_by=sam, noted_at=at
    )
    goal = DevelopmentGoal.objects.create(
        **own, goal=SECRET, inclusive=SECRET, noted_by=sam, noted_on=day
    )
    del own["staff_plan"]
    GoalStep.objects.create(**own, goal=goal, step=SECRET)
    for by in (written, sam):
        together = plans.say_of_skills(
            plan=plan, supervisor=sam, by=by, is_wished=True, at=at
        )
    skill = Competency.objects.get(code="FC-03")
    plans.rate_skills(together=together, levels={skill: 2}, by=sam, on=day)
    assert take_out(written, at).json().count(SECRET) >= 4
    leave(written)
    delete(written)
    assert words_left(written) == []
    for model in (FirstDayNamed, VisitsTogether, PlanReview, DevelopmentGoal):
        assert not model.objects.exists()
    for model in (GoalStep, SkillsTogether, SkillRating):
        assert not model.objects.exists()


def test_others_keep_what_somebody_gone_did_for_them(written, sam):
    leave(sam)
    delete(sam)
    assert SignOff.objects.get().signer == sam
    assert SECRET in words_left(written)
    sam.refresh_from_db()
    assert sam.user is None


def test_somebody_who_never_was_staff_can_go_too(tia):
    delete(tia)
    tia.refresh_from_db()
    assert tia.user is None
    assert not Access.objects.filter(person=tia).exists()


def test_what_is_left_behind_of_a_deletion_names_nobody(written):
    leave(written)
    delete(written)
    [name] = conf.tombstones.listdir("")[1]
    told = conf.tombstones.open(name).read().decode()
    assert set(json.loads(told)) == {"person", "deleted_at"}
    assert "Lena" not in told + name


def test_a_restore_brings_nothing_back(written, capsys):
    """The older database knows neither of the request nor of its being done."""
    leave(written)
    delete(written)
    DeletionRequest.objects.all().delete()
    Person.objects.filter(pk=written.pk).update(called="Leni", phone="555-0199")
    PlanItem.objects.filter(person=written).update(notes=SECRET)
    assert words_left(written) != []
    call_command("privacy", "reapply")
    assert capsys.readouterr().out == "1 deletions done again.\n"
    assert words_left(written) == []
    call_command("privacy", "reapply")
    assert capsys.readouterr().out == "0 deletions done again.\n"


def test_a_tombstone_of_another_database_touches_nobody(written):
    leave(written)
    delete(written)
    newcomer = Person.objects.create(full_name="Nora", phone="555-0100")
    Person.objects.filter(pk=written.pk).update(uuid="0" * 32, phone="555-0101")
    assert actions.reapply_deletions(at=timezone.now()) == 0
    newcomer.refresh_from_db()
    assert newcomer.phone == "555-0100"


def test_where_nothing_was_ever_deleted_nothing_is_done_again(lena):
    assert actions.reapply_deletions(at=timezone.now()) == 0


def test_a_deletion_that_goes_wrong_leaves_no_tombstone(lena, at, monkeypatch):
    def fail(**what):
        raise RuntimeError

    leave(lena)
    asked = actions.ask_for_deletion(person=lena, at=at - LATER)
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        actions.carry_out_deletion(asked=asked, at=at)
    assert not conf.tombstones.exists("")
    assert DeletionRequest.objects.waiting().exists()
