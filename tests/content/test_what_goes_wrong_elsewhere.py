"""What goes wrong in other learning systems, and must not here: a test for each."""

import datetime
from pathlib import Path

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from competencies.models import Completion, PlanItem, TrainingRecord
from content.actions import begin_module, finish_module
from content.models import ModulePage, ModuleProgress
from tests.conftest import TODAY
from tests.factories import employ, line, person

from .conftest import add_module, signed_in

NAMES = ["module", "module_print", "finish"]


def addresses(page: ModulePage) -> list[str]:
    plain = [reverse(f"lms_content:{name}", args=[page.pk]) for name in NAMES]
    return [*plain, reverse("lms_content:section", args=[page.pk, 1]), page.url or "/"]


def private(module: ModulePage) -> None:
    module.live = False


def scheduled(module: ModulePage) -> None:
    module.live = False
    module.go_live_at = timezone.now() + datetime.timedelta(days=7)


def resting_on_law(module: ModulePage) -> None:
    module.rests_on_law = True


@pytest.mark.parametrize("how", [private, scheduled, resting_on_law])
def test_no_address_leads_to_what_is_not_published(module, cast, how):
    """Elsewhere: learners reach private, draft or scheduled material by its address."""
    how(module)
    module.save()
    for user in cast.values():
        client = Client()
        client.force_login(user)
        for address in addresses(module)[:4]:
            answer = client.get(address)
            assert answer.status_code == 404
            assert b"Small steps" not in answer.content


def test_a_changed_draft_shows_nobody_its_words(module, lena):
    module.summary = "Half a thought."
    module.save_revision()
    page = signed_in(lena).get(addresses(module)[0]).content.decode()
    assert "Half a thought." not in page


def test_files_are_for_those_who_read_modules(module, pat):
    document = Document.objects.create(
        title="Form", file=ContentFile(b"x", name="form.pdf")
    )
    assert signed_in(pat).get(document.url).status_code == 404
    assert Client().get(document.url).status_code == 302


def walk(client: Client, module: ModulePage, *, places: dict[str, int]) -> None:
    for number in (1, 2, 3):
        client.get(reverse("lms_content:section", args=[module.pk, number]))
    for number, check in [(2, "one"), (3, "several")]:
        address = reverse("lms_content:section", args=[module.pk, number])
        client.post(address, {"check": check, "choice": places[check]})


def test_failing_every_question_completes_nothing(module, lena):
    client = signed_in(lena)
    walk(client, module, places={"one": 1, "several": 1})
    page = client.post(reverse("lms_content:finish", args=[module.pk]))
    assert "Almost there" in page.content.decode()
    assert not TrainingRecord.objects.exists()


def test_nobody_says_of_themselves_that_they_are_done(module, lena):
    """Elsewhere: anyone can post "completed"."""
    client = signed_in(lena)
    told = {"completed": "1", "is_finished": "true", "finished_at": "2026-11-24"}
    client.post(reverse("lms_content:finish", args=[module.pk]), told)
    for number in (1, 2, 3):
        address = reverse("lms_content:section", args=[module.pk, number])
        client.post(address, told)
    assert not TrainingRecord.objects.exists()
    assert ModuleProgress.objects.get().finished_at is None


def test_looking_records_nothing(module, lena):
    """Elsewhere: enrolling is a GET. A look at a module or its end begins a line at
    most where one opens a section; only a POST records."""
    client = signed_in(lena)
    client.get(reverse("lms_content:module", args=[module.pk]))
    client.get(reverse("lms_content:module_print", args=[module.pk]))
    assert not ModuleProgress.objects.exists()
    walk(client, module, places={"one": 0, "several": [0, 2]})
    client.get(reverse("lms_content:finish", args=[module.pk]))
    assert not TrainingRecord.objects.exists()
    assert (
        client.get(reverse("lms_content:module_again", args=[module.pk])).status_code
        == 405
    )


def finished_by(module: ModulePage, somebody) -> TrainingRecord:
    at = timezone.now()
    progress = begin_module(page=module, person=somebody, at=at, on=TODAY)
    finish_module(page=module, progress=progress, at=at, on=TODAY)
    return TrainingRecord.objects.get(person=somebody)


def test_a_deleted_page_takes_no_record_with_it(module, lena):
    record = finished_by(module, lena)
    module.get_parent().delete()
    record.refresh_from_db()
    assert (record.title, record.minutes) == ("Small steps", 8)
    assert Completion.objects.filter(record=record).exists()


def test_a_person_or_a_training_with_records_is_not_deleted(module, lena):
    finished_by(module, lena)
    for row in (lena, module.training):
        with pytest.raises(ProtectedError):
            row.delete()
    lena.user.delete()
    assert TrainingRecord.objects.filter(person=lena).exists()


def test_lists_cost_the_same_however_long_they_are(
    module, chapter, lena, assert_queries_do_not_grow
):
    client = signed_in(lena)
    finished_by(module, lena)

    def add_more() -> None:
        for number in range(2, 8):
            page = add_module(chapter, f"module-ob-0{number}", f"Module {number}")
            begin_module(page=page, person=lena, at=timezone.now(), on=TODAY)

    for address in [reverse("lms_content:learn"), "/"]:
        assert_queries_do_not_grow(lambda a=address: client.get(a), lambda: None)
    assert_queries_do_not_grow(
        lambda: client.get(reverse("lms_content:learn")), add_more
    )


def test_no_form_of_ours_offers_everybody_in_a_box():
    """Elsewhere: a select box holds every user. Here a person is chosen from a few."""
    for path in Path("content").rglob("forms/*.py"):
        text = path.read_text("utf-8")
        assert "Person.objects.all()" not in text
        assert "get_user_model" not in text


def test_one_chooses_among_ones_own_supervisors_alone(module, lena, sam, northside):
    for number in range(3):
        employ(person(f"colleague{number}"), northside, "frss")
    client = signed_in(lena)
    address = reverse("lms_content:section", args=[module.pk, 2])
    client.post(address, {"reflection": "own", "own-words": "x"})
    page = client.post(address, {"reflection": "own", "share": "ask"})
    [field] = [
        f for f in page.context["form"] if isinstance(f.field, forms.ModelChoiceField)
    ]
    assert list(field.field.queryset) == [sam]


@pytest.mark.parametrize("name", ["page.html", "run.svg", "a.mp4", "talk.vtt"])
def test_uploaded_files_run_nowhere_on_this_site(module, lena, name):
    script = ContentFile(b"<script>alert(1)</script>", name=name)
    document = Document.objects.create(title="x", file=script)
    answer = signed_in(lena).get(document.url)
    policy = answer["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_second_try_locks_nobody_out(module, lena):
    """Elsewhere: a duplicate attempt locks the learner out."""
    client = signed_in(lena)
    finish = reverse("lms_content:finish", args=[module.pk])
    walk(client, module, places={"one": 1, "several": 1})
    walk(client, module, places={"one": 0, "several": [0, 2]})
    assert client.post(finish, follow=True).status_code == 200
    walk(client, module, places={"one": 1, "several": 1})
    assert client.post(finish, follow=True).status_code == 200
    assert TrainingRecord.objects.filter(person=lena).count() == 1
    assert line(lena, "OB-01").progress == "awaiting"


def test_two_tabs_begin_one_way_through_a_module(module, lena):
    for _ in range(2):
        begin_module(page=module, person=lena, at=timezone.now(), on=TODAY)
    assert ModuleProgress.objects.count() == 1
    assert PlanItem.objects.get(person=lena, topic__code="OB-01").started_on == TODAY
