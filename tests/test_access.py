"""Who gets what from every address. A new one fails test_every_url_is_listed until it
has a row here."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail.models import Page

import lms.urls
from certificates.models import Award, Certificate, CertificateFile, Refusal
from competencies import actions
from competencies.models import (
    Completion,
    Evidence,
    PhaseCompletion,
    SendBack,
    SignOff,
    Training,
)
from content.models import (
    CurriculumPage,
    LearningIndexPage,
    ModulePage,
    ModuleProgress,
)
from lms import actions as hub
from lms.models import (
    FactorReset,
    Leaving,
    NameChange,
    OneTimeCode,
    Pause,
    Person,
    PersonRecord,
    StaffMember,
)
from tests.factories import complete, line

# fmt: off
WHO = ["anon", "lena", "sam", "ben", "dina", "tia", "pat", "ada", "olu", "abe", "root"]
#                                        anon lena  sam  ben dina  tia  pat  ada  olu  abe root
PAGES = {
    "lms:home":                           (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:healthz":                        (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:style_guide":                    (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:staff_list":                     (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:staff_add":                      (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:people_search":                  (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:staff_detail":                   (302, 200, 200, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_change":                   (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_roles":                    (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_supervisor":               (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_supervisor_end":           (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:staff_pause":                    (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_pause_change":             (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_invite":                   (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:staff_join":                     (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:staff_leave":                    (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:staff_leave_undo":               (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:staff_leave_code":               (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:staff_reset":                    (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:reset_settle":                   (302, 404, 404, 404, 404, 200, 404, 200, 404, 404, 404),
    "lms:name_settle":                    (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:people_same":                    (302, 404, 404, 404, 200, 200, 404, 404, 404, 200, 404),
    "lms:people_merge":                   (302, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "lms:my_name":                        (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:my_private_email":               (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:my_moving":                      (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:way_back":                       (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:private_email_confirm":          (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_competencies:my_plan":           (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_competencies:my_plan_print":     (302, 200, 200, 200, 200, 404, 404, 404, 200, 404, 404),
    "lms_competencies:item_detail":       (302, 200, 200, 200, 200, 404, 404, 404, 404, 404, 404),
    "lms_competencies:item_words":        (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:item_date":         (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:item_seat":         (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:item_waive":        (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:completion_add":    (302, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:completion_withdraw": (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:evidence_download": (302, 200, 200, 200, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:checklist_note":    (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:role_descriptions": (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_competencies:team":              (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_competencies:sign_off":          (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_competencies:sign_off_send_back": (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms_competencies:sign_off_withdraw": (302, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:transcript_bring":  (302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302),
    "lms_competencies:transcript":        (302, 404, 200, 200, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:plan_detail":       (302, 302, 200, 200, 200, 404, 404, 404, 404, 404, 404),
    "lms_competencies:plan_print":        (302, 200, 200, 200, 200, 404, 404, 404, 404, 404, 404),
    "lms_content:learn":                  (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_content:module":                 (302, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404),
    "lms_content:section":                (302, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404),
    "lms_content:finish":                 (302, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404),
    "lms_content:module_print":           (302, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404),
    "lms_certificates:certificate_list":  (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_certificates:certificate_detail": (302, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_certificates:certificate_download": (302, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_certificates:verify_start":      (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_certificates:verify":            (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms_supervision_logs:who_to_call": (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
}
# What the same address does with a POST of nothing, where a GET is not answered.
POSTS = {
    "lms:staff_supervisor_end":           (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:staff_invite":                   (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:staff_leave_undo":               (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:staff_leave_code":               (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:name_settle":                    (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms_competencies:item_words":        (302, 302, 302, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:item_date":         (302, 404, 302, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:item_seat":         (302, 302, 302, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:item_waive":        (302, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:completion_withdraw": (302, 302, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:checklist_note":    (302, 302, 302, 404, 404, 404, 404, 404, 404, 404, 404),
    "lms_competencies:sign_off_send_back": (302, 404, 200, 200, 404, 404, 404, 404, 404, 404, 404),
}
# Whose records of Lena's exist for whom.
READERS = {
    "lms.Leaving":                        {"lena", "sam", "ben", "dina"},
    "lms.NameChange":                     {"lena", "dina"},
    "lms.FactorReset":                    {"lena", "dina", "tia", "ada"},
    "lms_competencies.TrainingRecord":    {"lena", "sam", "ben", "dina"},
    "lms_competencies.Completion":        {"lena", "sam", "ben", "dina"},
    "lms_competencies.Evidence":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.SignOff":           {"lena", "sam", "ben", "dina"},
    "lms_competencies.SendBack":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.StaffPlan":         {"lena", "sam", "ben", "dina"},
    "lms_competencies.PlanItem":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.PhaseCompletion":   {"lena", "sam", "ben", "dina"},
    "lms_competencies.ChecklistItem":     {"lena", "sam", "ben", "dina"},
    "lms_content.ModuleProgress":         {"lena"},
    "lms_certificates.Certificate":       {"lena", "sam", "ben", "dina"},
    "lms_certificates.Refusal":           {"lena", "sam", "ben", "dina"},
}
# fmt: on


def url_names(patterns: list, prefix: str = "") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.add(prefix + pattern.name)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names |= url_names(pattern.url_patterns, inner)
    return names


def make_module(training: Training) -> ModulePage:
    root = Page.get_first_root_node()
    index = root.add_child(instance=LearningIndexPage(title="Learning", slug="l"))
    chapter = index.add_child(instance=CurriculumPage(title="One", number="1.1"))
    check = {
        "question": "Which?",
        "choices": [
            {"type": "item", "value": {"text": "A", "right": True, "feedback": "Yes"}},
            {"type": "item", "value": {"text": "B", "right": False, "feedback": "Hm"}},
        ],
    }
    content = [
        {"type": "key_idea", "value": "Words open doors."},
        {"type": "check", "id": "0f9e5f5c-0000-4000-8000-000000000001", "value": check},
    ]
    page = ModulePage(
        title=training.title,
        training=training,
        sections=[{"type": "section", "value": {"title": "One", "content": content}}],
    )
    chapter.add_child(instance=page)
    page.save_revision().publish()
    return ModulePage.objects.get(pk=page.pk)


@pytest.fixture
def addresses(cast) -> dict[str, list]:
    """Lena's own things, by the address that shows them."""
    lena, sam = cast["lena"].lms_person, cast["sam"].lms_person
    staff_member = lena.staff_members.get()
    signed, waiting = complete(lena, "OB-01", "OB-02")
    actions.sign(signer=sam, lines={signed.pk: actions.seen(signed)}, at=timezone.now())
    told = actions.Told(
        title="Elsewhere",
        completed_on=timezone.localdate(),
        attachments=[actions.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")],
    )
    actions.record_outside_training(
        person=lena, topics=[(line(lena, "OB-04").topic, "")], told=told,
        recorded_by=lena, at=timezone.now(),
    )  # fmt: skip
    pause = Pause.objects.create(
        staff_member=staff_member, starts_on=timezone.localdate()
    )
    link = leave_and_ask(lena, cast["dina"].lms_person)
    page = make_module(Training.objects.get(key="module-ob-08"))
    certificate = Certificate.objects.create(
        person=lena, award=Award.objects.create(title="T", phase="orientation"),
        cycle="1", number="1", code="c0de", name="Lena", title="T", issuer="I", design="d",
        issued_on=timezone.localdate(), sha256="0",
    )  # fmt: skip
    CertificateFile.objects.create(certificate=certificate, content=b"%PDF-")
    item = line(lena, "OB-02")
    tie = sam.supervises.get()
    kinds = {
        "lms:staff_pause_change": [staff_member.pk, pause.pk],
        "lms:staff_supervisor_end": [staff_member.pk, tie.pk],
        "lms:reset_settle": [FactorReset.objects.get().pk],
        "lms:name_settle": [NameChange.objects.get().pk],
        "lms:people_merge": [lena.pk, sam.pk],
        "lms:private_email_confirm": [link],
        "lms_competencies:transcript": [staff_member.pk],
        "lms_competencies:completion_withdraw": [waiting.pk],
        "lms_competencies:evidence_download": [Evidence.objects.get().pk],
        "lms_competencies:checklist_note": [lena.staff_members.get().plan.checklist.first().pk],
        "lms_competencies:sign_off_send_back": [item.pk],
        "lms_competencies:sign_off_withdraw": [SignOff.objects.get().pk],
        "lms_competencies:plan_detail": [staff_member.pk],
        "lms_competencies:plan_print": [staff_member.pk],
        "lms_content:module": [page.pk],
        "lms_content:section": [page.pk, 1],
        "lms_content:finish": [page.pk],
        "lms_content:module_print": [page.pk],
        "lms_certificates:certificate_detail": [certificate.pk],
        "lms_certificates:certificate_download": [certificate.pk],
        "lms_certificates:verify": [certificate.code],
    }  # fmt: skip
    staff_pages = "detail change roles supervisor pause invite reset"
    leave_pages = "leave leave_undo leave_code"
    for page in f"{staff_pages} {leave_pages}".split():
        kinds[f"lms:staff_{page}"] = [staff_member.pk]
    item_pages = "item_detail item_words item_date item_seat item_waive completion_add"
    kinds |= {f"lms_competencies:{page}": [item.pk] for page in item_pages.split()}
    return kinds


def leave_and_ask(lena: Person, dina: Person) -> str:
    """Lena came from elsewhere, leaves next week, asks for this and that."""
    now, staff_member = timezone.now(), lena.staff_members.get()
    StaffMember.objects.filter(pk=staff_member.pk).update(
        left_on=timezone.localdate() + timedelta(days=7),
        learning_from=now,
        transcript_brought_at=now,
    )
    own = {"person": lena, "staff_member": staff_member}
    Leaving.objects.create(
        **own, noted_by=dina, noted_at=now, ended={"ties": {}, "accesses": {}}
    )
    FactorReset.objects.create(**own, because="x", asked_by=dina, asked_at=now)
    hub.ask_for_name(person=lena, name="Lena Berg", at=now)
    code = OneTimeCode.objects.create(
        person=lena, purpose="private_email", email="l@home.test", made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return code.draw()


def statuses(cast: dict, address: str, method: str) -> tuple[int, ...]:
    found = []
    for who in WHO:
        client = Client()
        if who != "anon":
            client.force_login(cast[who])
        found.append(getattr(client, method)(address).status_code)
    return tuple(found)


def test_every_url_is_listed():
    assert url_names(lms.urls.urlpatterns) == set(PAGES)


def test_every_address_that_only_takes_posts_has_a_row_for_them():
    assert {name for name, row in PAGES.items() if row[1] == 405} == set(POSTS)


@pytest.mark.parametrize("name", PAGES)
def test_page(name, cast, addresses):
    address = reverse(name, args=addresses.get(name, []))
    assert statuses(cast, address, "get") == PAGES[name]


@pytest.mark.parametrize("name", POSTS)
def test_post(name, cast, addresses):
    address = reverse(name, args=addresses.get(name, []))
    if name.endswith(("supervisor_end", "withdraw", "send_back")):
        # These change what the next person would find: ask backwards, who may last.
        order = [who for who in WHO if POSTS[name][WHO.index(who)] == 404]
        order += [who for who in WHO if who not in order]
    else:
        order = WHO
    found = {}
    for who in order:
        client = Client()
        if who != "anon":
            client.force_login(cast[who])
        found[who] = client.post(address).status_code
    assert tuple(found[who] for who in WHO) == POSTS[name]


def test_every_record_about_a_person_is_listed():
    models = {m._meta.label for m in apps.get_models() if issubclass(m, PersonRecord)}
    assert models == set(READERS)


@pytest.mark.parametrize("label", READERS)
def test_readers(label, cast, addresses):
    model = apps.get_model(label)
    lena = cast["lena"].lms_person
    make_what_no_page_made(lena)
    assert model.objects.filter(person=lena).exists()
    readers = {
        who
        for who, user in cast.items()
        if model.objects.visible_to(user).filter(person=lena).exists()
    }
    assert readers == READERS[label]


def make_what_no_page_made(lena: Person) -> None:
    staff_member, now = lena.staff_members.get(), timezone.now()
    own = {"person": lena, "staff_member": staff_member}
    phase = staff_member.plan.version.phases.first()
    PhaseCompletion.objects.create(
        **own, staff_plan=staff_member.plan, phase=phase, completed_on=now
    )
    completion = Completion.objects.first()
    SendBack.objects.create(**own, completion=completion, by=lena, at=now, note="x")
    training = Training.objects.first()
    ModuleProgress.objects.create(
        person=lena, module=uuid.uuid4(), training=training, started_at=now
    )
    Refusal.objects.create(
        person=lena, award=Award.objects.get(), cycle="2", sentence="x", refused_at=now
    )
