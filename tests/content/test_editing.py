"""From draft to published to put away, as the training team does it in the browser."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage

from competencies.models import Completion, TrainingRecord
from content.actions import begin_module, finish_module, let_tta_edit
from content.actions.editing import EXPERTS_GROUP, PUBLISH, REVIEW
from content.models import LearningIndexPage, ModulePage, ModuleProgress
from lms.actions import TTA_GROUP
from tests.conftest import TODAY
from tests.factories import line, person

from .conftest import signed_in


@pytest.fixture
def editor(module, tia) -> Client:
    let_tta_edit(LearningIndexPage.objects.get())
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return signed_in(tia)


@pytest.fixture
def expert(editor) -> Client:
    expert = person("esther")
    expert.user.groups.add(Group.objects.get(name=EXPERTS_GROUP))
    return signed_in(expert)


def draft(module: ModulePage, user, **told) -> ModulePage:
    for name, value in told.items():
        setattr(module, name, value)
    module.save_revision(user=user)
    return ModulePage.objects.get(pk=module.pk)


def send(module: ModulePage, user) -> ModulePage:
    page = draft(module, user, summary="A better summary.")
    page.get_workflow().start(page, user)
    return ModulePage.objects.get(pk=page.pk)


def say(client: Client, page: ModulePage, action: str, comment: str = "") -> ModulePage:
    task = page.current_workflow_task_state.pk
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, action, task]
    )
    client.post(address, {"comment": comment})
    return ModulePage.objects.get(pk=page.pk)


def test_a_draft_goes_to_an_expert_and_then_the_team_publishes_it(
    module, editor, expert, tia
):
    page = send(module, tia.user)
    assert page.current_workflow_task.name == REVIEW
    assert page.title in expert.get(reverse("wagtailadmin_home")).content.decode()
    page = say(expert, page, "approve", "True and kind.")
    assert page.current_workflow_task.name == PUBLISH
    assert page.summary == "How trust begins."
    assert say(expert, page, "approve").current_workflow_task.name == PUBLISH
    page = say(editor, page, "approve")
    assert page.summary == "A better summary."
    assert not page.workflow_in_progress


def test_an_expert_sends_it_back_with_a_comment(module, editor, expert, tia):
    page = say(expert, send(module, tia.user), "reject", "The scene is unkind.")
    assert page.summary == "How trust begins."
    assert not page.workflow_in_progress
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    assert "The scene is unkind." in editor.get(history).content.decode()


def test_an_expert_opens_nothing_that_was_not_sent_to_them(module, expert):
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    assert expert.get(edit).status_code == 302
    assert expert.get(reverse("lms_words:index")).status_code == 302


def test_a_workflow_of_ones_own_is_kept(module, editor):
    index = LearningIndexPage.objects.get()
    own = Workflow.objects.create(name="Our own")
    WorkflowPage.objects.filter(page=index).update(workflow=own)
    let_tta_edit(index)
    assert WorkflowPage.objects.get(page=index).workflow == own


def test_two_revisions_are_compared_side_by_side(module, editor, tia):
    before = draft(module, tia.user, summary="Before.").latest_revision_id
    after = draft(module, tia.user, summary="Afterwards.").latest_revision_id
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[module.pk, before, after]
    )
    page = editor.get(compare).content.decode()
    assert "Before." in page
    assert "Afterwards." in page


def test_the_editor_says_where_a_module_is_used(module, editor):
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    page = editor.get(edit).content.decode()
    assert "Language as Advocacy (completes it)" in page
    assert "Competency-based training plan, version 1, Orientation" in page


def test_a_copy_begins_as_a_draft_that_nobody_has_reviewed(module, editor):
    module.reviewed_by, module.reviewed_on = "Rosa", "2026-11-01"
    module.rests_on_law = True
    module.law_cleared_by, module.law_cleared_on = "Tia", "2026-11-01"
    module.loaded_hash = "x"
    module.save()
    copy = reverse("wagtailadmin_pages:copy", args=[module.pk])
    chapter = module.get_parent().pk
    sent = {"new_title": "A new one", "new_slug": "new", "new_parent_page": chapter}
    editor.post(copy, {**sent, "alias": ""})
    fresh = ModulePage.objects.get(slug="new")
    assert not fresh.live
    assert not fresh.is_reviewed
    assert fresh.waits_for_law
    assert fresh.loaded_hash == ""
    assert fresh.translation_key != module.translation_key


def finished_by(module: ModulePage, somebody) -> None:
    at, on = timezone.now(), TODAY - datetime.timedelta(days=1)
    progress = begin_module(page=module, person=somebody, at=at, on=on)
    finish_module(page=module, progress=progress, at=at, on=on)


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_putting_a_module_away_breaks_no_record(module, editor, lena, sam, how):
    finished_by(module, lena)
    begin_module(page=module, person=sam, at=timezone.now(), on=TODAY)
    getattr(module, how)()
    record = TrainingRecord.objects.get(person=lena)
    assert record.title == "Small steps"
    assert Completion.objects.filter(person=lena).count() == 1
    assert ModuleProgress.objects.count() == 2
    reader = signed_in(lena)
    plan = reverse("lms_competencies:item_detail", args=[line(lena, "OB-01").pk])
    for address in ["/", plan, reverse("lms_content:learn")]:
        assert reader.get(address).status_code == 200
    assert signed_in(sam).get("/").status_code == 200
