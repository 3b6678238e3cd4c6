"""A second load, told with a starter of one module."""

import pytest
import yaml
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse

from competencies.models import Training
from content.actions import load_starter_content
from content.actions.loading import STARTER
from content.models import ModulePage
from lms.actions import TTA_GROUP

from .conftest import signed_in


@pytest.fixture
def one_file(starter_plan, tmp_path, monkeypatch) -> dict:
    """A starter of one module; change the row and call ``write`` for a newer one."""
    row = yaml.safe_load((STARTER / "modules" / "OB-01.yaml").read_text("utf-8"))
    (tmp_path / "modules").mkdir()
    chapters = (STARTER / "curricula.yaml").read_text("utf-8")
    (tmp_path / "curricula.yaml").write_text(chapters, "utf-8")
    for name in ("glossary.yaml", "words.yaml", "self_assessment.yaml"):
        (tmp_path / name).write_text("[]", "utf-8")
    monkeypatch.setattr("content.actions.loading.STARTER", tmp_path)
    write(tmp_path, row)
    load_starter_content()
    return row


def write(folder, row: dict) -> None:
    path = folder / "modules" / f"{row['code']}.yaml"
    path.write_text(yaml.safe_dump(row), "utf-8")


def test_what_somebody_wrote_is_left_alone(one_file, tia):
    page = ModulePage.objects.get()
    page.title = "Our own words"
    page.save_revision(user=tia.user).publish()
    assert load_starter_content() == []
    assert ModulePage.objects.get().title == "Our own words"


def test_a_draft_is_left_alone(one_file, tia):
    page = ModulePage.objects.get()
    page.summary = "Half a thought"
    page.save_revision(user=tia.user)
    assert load_starter_content() == []
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "Half a thought"


def test_an_untouched_module_follows_its_file(one_file, tmp_path):
    write(tmp_path, {**one_file, "summary": "A newer summary", "objectives": ["Go"]})
    assert load_starter_content() == ["1 modules changed"]
    page = ModulePage.objects.get()
    assert page.summary == "A newer summary"
    assert page.live


def test_a_deleted_module_stays_away(one_file):
    ModulePage.objects.get().delete()
    assert load_starter_content() == []
    assert not ModulePage.objects.exists()


def test_a_module_without_training_is_said(one_file):
    ModulePage.objects.all().delete()
    Training.objects.filter(key="module-ob-01").delete()
    said = load_starter_content()
    assert "1 modules left out: their training is not in the catalog" in said


def test_law_that_somebody_looked_at_opens_the_module(one_file, tmp_path, lena):
    write(tmp_path, {**one_file, "rests_on_law": True, "objectives": ["Go"]})
    load_starter_content()
    page = ModulePage.objects.get()
    assert not page.live
    assert not ModulePage.objects.visible_to(lena.user).exists()
    page.law_cleared_by, page.law_cleared_on = "Tia", "2026-11-20"
    page.save_revision().publish()
    assert ModulePage.objects.visible_to(lena.user).get() == page


def test_a_demonstration_shows_it_with_a_banner(one_file, tmp_path, lena, settings):
    settings.LMS_CONTENT_SHOWS_UNCLEARED_LAW = True
    write(tmp_path, {**one_file, "rests_on_law": True, "objectives": ["Go"]})
    load_starter_content()
    address = reverse("lms_content:module", args=[ModulePage.objects.get().pk])
    page = signed_in(lena).get(address).content.decode()
    assert "This rests on law that may have changed." in page


def test_a_draft_that_waits_for_the_law_follows_its_file(one_file, tmp_path):
    law = {**one_file, "rests_on_law": True}
    write(tmp_path, {**law, "objectives": ["Go"]})
    load_starter_content()
    write(tmp_path, {**law, "objectives": ["Go", "Stay"]})
    assert load_starter_content() == ["1 modules changed"]
    assert ModulePage.objects.get().objective_list == ["Go", "Stay"]
    assert load_starter_content() == []


def test_law_cannot_be_cleared_by_hand_without_a_name(one_file):
    page = ModulePage.objects.get()
    page.law_cleared_on = "2026-11-20"
    with pytest.raises(ValidationError):
        page.full_clean()


OFFERED = "1 modules edited here have a newer text: their editors show the difference"


@pytest.fixture
def editor(one_file, tia):
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return signed_in(tia)


def edit_and_load_a_newer_file(row: dict, tmp_path, tia) -> ModulePage:
    page = ModulePage.objects.get()
    page.summary = "Our own words"
    page.save_revision(user=tia.user).publish()
    write(tmp_path, {**row, "objectives": ["Something the starter adds"]})
    assert load_starter_content() == [OFFERED]
    return ModulePage.objects.get()


def test_a_newer_text_is_offered_beside_what_was_edited(one_file, tmp_path, tia):
    page = edit_and_load_a_newer_file(one_file, tmp_path, tia)
    assert page.summary == "Our own words"
    assert page.get_latest_revision_as_object().summary == "Our own words"
    assert page.has_an_offer
    assert load_starter_content() == []


def test_the_editor_shows_the_difference_and_takes_it(one_file, tmp_path, editor, tia):
    page = edit_and_load_a_newer_file(one_file, tmp_path, tia)
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "See what is different" in edit.content.decode()
    compare = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[page.pk, page.latest_revision_id, page.offered_revision_id],
    )
    assert "Something the starter adds" in editor.get(compare).content.decode()
    page.offered_revision.publish(user=tia.user)
    page = ModulePage.objects.get()
    assert page.objective_list == ["Something the starter adds"]
    assert not page.has_an_offer


def test_publishing_an_older_draft_keeps_the_offer(one_file, tmp_path, tia):
    page = edit_and_load_a_newer_file(one_file, tmp_path, tia)
    page.latest_revision.publish()
    assert ModulePage.objects.get().has_an_offer
    assert load_starter_content() == []
