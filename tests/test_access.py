"""Who gets what from every address. A new one fails test_every_url_is_listed until it
has a row here."""

import uuid

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
from lms import vault
from lms.models import DeletionRequest, Import, Pause, Person, PersonRecord
from tests.factories import complete, line

# fmt: off
WHO = ["anon", "lena", "sam", "ben", "dina", "tia", "pat", "ada", "olu", "abe", "root"]
#                                        anon lena  sam  ben dina  tia  pat  ada  olu  abe root
PAGES = {
    "lms:home":                           (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:healthz":                        (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:style_guide":                    (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "lms:my_data":                        (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:my_data_download":               (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:my_deletion":                    (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:my_deletion_take_back":          (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:opened":                         (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404),
    "lms:security_trail":                 (302, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404),
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
    "lms:staff_import":                   (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:staff_import_template":          (302, 404, 404, 404, 200, 404, 404, 404, 404, 200, 404),
    "lms:import_detail":                  (302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "lms:import_apply":                   (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
    "lms:import_discard":                 (302, 405, 405, 405, 405, 405, 405, 405, 405, 405, 405),
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
    "lms:my_deletion_take_back":          (302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 404),
    "lms:staff_supervisor_end":           (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:staff_invite":                   (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:import_apply":                   (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "lms:import_discard":                 (302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
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
    "lms_competencies.TrainingRecord":    {"lena", "sam", "ben", "dina"},
    "lms_competencies.Completion":        {"lena", "sam", "ben", "dina"},
    "lms_competencies.Evidence":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.SignOff":           {"lena", "sam", "ben", "dina"},
    "lms_competencies.SendBack":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.StaffPlan":         {"lena", "sam", "ben", "dina"},
    "lms_competencies.PlanItem":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.PhaseCompletion":   {"lena", "sam", "ben", "dina"},
    "lms_competencies.ChecklistItem":     {"lena", "sam", "ben", "dina"},
    "lms.DeletionRequest":               {"lena"},
    "lms_content.ModuleProgress":         {"lena"},
    "lms_certificates.Certificate":       {"lena", "sam", "ben", "dina"},
    "lms_certificates.Refusal":           {"lena", "sam", "ben", "dina"},
    "lms.SealedText":                     {"lena"},
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


REFLECTION = "0f9e5f5c-0000-4000-8000-000000000002"


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
        {"type": "reflection", "id": REFLECTION, "value": {"prompt": "What?"}},
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
    page = make_module(Training.objects.get(key="module-ob-08"))
    certificate = Certificate.objects.create(
        person=lena, award=Award.objects.create(title="T", phase="orientation"),
        cycle="1", number="1", code="c0de", name="Lena", title="T", issuer="I", design="d",
        issued_on=timezone.localdate(), sha256="0",
    )  # fmt: skip
    CertificateFile.objects.create(certificate=certificate, content=b"%PDF-")
    item = line(lena, "OB-02")
    tie = sam.supervises.get()
    job = Import.objects.create(
        kind="lms.staff", agency=staff_member.agency, by=cast["dina"].lms_person,
        read_at=timezone.now(), state="looked_at",
    )  # fmt: skip
    kinds = {
        "lms:staff_import_template": ["csv"],
        "lms:import_detail": [job.pk],
        "lms:import_apply": [job.pk],
        "lms:import_discard": [job.pk],
        "lms:staff_pause_change": [staff_member.pk, pause.pk],
        "lms:staff_supervisor_end": [staff_member.pk, tie.pk],
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
    staff_pages = ["detail", "change", "roles", "supervisor", "pause", "invite"]
    kinds |= {f"lms:staff_{page}": [staff_member.pk] for page in staff_pages}
    item_pages = "item_detail item_words item_date item_seat item_waive completion_add"
    kinds |= {f"lms_competencies:{page}": [item.pk] for page in item_pages.split()}
    return kinds


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
    progress = ModuleProgress.objects.create(
        person=lena, module=uuid.uuid4(), training=training, started_at=now
    )
    DeletionRequest.objects.create(person=lena, asked_at=now)
    vault.seal(
        "x", person=lena, kind="reflection", row=progress, field="x", on=now.date()
    )
    Refusal.objects.create(
        person=lena, award=Award.objects.get(), cycle="2", sentence="x", refused_at=now
    )
