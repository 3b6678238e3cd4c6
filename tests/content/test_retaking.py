"""Must people retake it? Asked of the editor each time, and what follows from it."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from competencies.actions import seen, sign
from competencies.models import Completion, PlanItem, RetakeOrder, TrainingRecord
from content.actions import begin_module, finish_module, let_tta_edit
from content.models import LearningIndexPage, ModulePage, ModuleProgress
from lms.actions import TTA_GROUP
from lms.models import Role
from tests.conftest import TODAY
from tests.factories import employ, line, person

from .conftest import signed_in

ASKED = {"retake": "yes", "retake_because": "The law changed.", "retake_from": TODAY}


def publish(module: ModulePage, user=None, **told) -> ModulePage:
    for name, value in told.items():
        setattr(module, name, value)
    module.save_revision(user=user).publish()
    return ModulePage.objects.get(pk=module.pk)


def take(module: ModulePage, somebody, days_ago: int = 0) -> ModuleProgress:
    day = TODAY - datetime.timedelta(days=days_ago)
    at = timezone.now() - datetime.timedelta(days=days_ago)
    progress = begin_module(page=module, person=somebody, at=at, on=day)
    finish_module(page=module, progress=progress, at=at, on=day)
    return progress


def test_yes_makes_an_order_for_the_topics_and_is_asked_anew(module, tia):
    frss = Role.objects.get(key="frss")
    page = publish(module, tia.user, **ASKED, retake_roles=[frss], retake_months=2)
    order = RetakeOrder.objects.get()
    assert order.topic.code == "OB-01"
    assert (order.starts_on, order.within_count) == (TODAY, 2)
    assert list(order.roles.all()) == [frss]
    assert order.because == "The law changed."
    for now in (page, page.get_latest_revision_as_object()):
        assert now.retake == "no"
        assert now.retake_from is None
        assert not now.retake_roles.exists()
    assert not page.has_unpublished_changes
    publish(page, tia.user, summary="A comma moved.")
    assert RetakeOrder.objects.count() == 1


def test_the_revision_keeps_what_was_answered(module, tia):
    page = publish(module, tia.user, **ASKED)
    assert page.live_revision.content["retake"] == "yes"


@pytest.mark.parametrize("answer", ["no", "optional"])
def test_otherwise_nobody_is_asked(module, answer):
    publish(module, retake=answer, retake_because="A new scene.")
    assert not RetakeOrder.objects.exists()


def test_a_draft_asks_nobody(module):
    module.retake, module.retake_because = "yes", "x"
    module.retake_from = TODAY
    module.save_revision()
    assert not RetakeOrder.objects.exists()


@pytest.mark.parametrize("lacks", ["retake_from", "retake_because"])
def test_yes_says_from_when_and_why(module, lacks):
    for name, value in {**ASKED, lacks: None if lacks == "retake_from" else ""}.items():
        setattr(module, name, value)
    with pytest.raises(ValidationError, match="Say"):
        module.clean()


def test_who_finished_reads_what_changed_and_may_take_it_again(module, lena):
    progress = take(module, lena)
    noon = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
    ModuleProgress.objects.filter(pk=progress.pk).update(finished_at=noon)
    reader = signed_in(lena)
    address = reverse("lms_content:module", args=[module.pk])
    assert "Take it again" not in reader.get(address).content.decode()
    publish(module, retake="optional", retake_because="There is a new scene.")
    page = reader.get(address).content.decode()
    assert "There is a new scene." in page
    assert "Take it again" in page


def test_a_duplicate_attempt_locks_nobody_out(module, lena, sam):
    """Finished, signed, asked for again: it is read again, and counts again."""
    take(module, lena, days_ago=3)
    [completion] = Completion.objects.filter(person=lena)
    sign(signer=sam, lines={completion.pk: seen(completion)}, at=timezone.now())
    publish(module, **ASKED)
    reader = signed_in(lena)
    reader.post(reverse("lms_content:module_again", args=[module.pk]))
    progress = ModuleProgress.objects.get()
    assert (progress.finished_at, progress.opened) == (None, [])
    finish_module(page=module, progress=progress, at=timezone.now(), on=TODAY)
    assert TrainingRecord.objects.filter(person=lena).count() == 2
    assert line(lena, "OB-01").completion_id != completion.pk


def test_without_a_reason_nobody_begins_again(module, lena):
    progress = take(module, lena)
    reader = signed_in(lena)
    reader.post(reverse("lms_content:module_again", args=[module.pk]))
    progress.refresh_from_db()
    assert progress.finished_at is not None


@pytest.fixture
def editor(module, tia):
    let_tta_edit(LearningIndexPage.objects.get())
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return signed_in(tia)


def test_before_publishing_the_editor_reads_how_many_it_touches(
    module, editor, northside
):
    for number, role in enumerate(["frss", "frss", "clinician"]):
        colleague = person(f"colleague{number}")
        employ(colleague, northside, role)
    frss = Role.objects.get(key="frss")
    check = reverse("alongside_writing:check", args=[module.pk])

    def asked(**told) -> str:
        return editor.post(check, {**told, "retake": "yes"}).content.decode()

    assert "asks 0 people" in asked(retake_from="2026-12-01")
    completed = PlanItem.objects.filter(topic__code="OB-01")
    completed.update(completed_on=datetime.date(2026, 11, 10))
    assert "asks 3 people to take it again" in asked(retake_from="2026-12-01")
    page = asked(retake_from="2026-12-01", retake_roles=frss.pk)
    assert "asks 2 people" in page
    assert "asks 0 people" in asked(retake_from="2026-11-01")
    assert "to take it again" not in asked(retake_from="")
