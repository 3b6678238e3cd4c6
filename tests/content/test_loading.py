"""From files to pages: all of them, loaded once for all tests of this file."""

from collections import Counter

import pytest
import yaml
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from wagtail.models import Site

from competencies.models import PlanVersion
from content.actions import load_starter_content
from content.actions.loading import STARTER
from content.models import CurriculumPage, LearningIndexPage, ModulePage, ModuleProgress
from content.wagtail_hooks import link_trainings
from lms.actions import TTA_GROUP, load_state_pack

from .conftest import signed_in

ROWS = [
    yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((STARTER / "modules").glob("*.yaml"))
]
TOGETHER = [
    yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((STARTER / "together").glob("*.yaml"))
]
ON_LAW = [row["code"] for row in ROWS if row.get("rests_on_law")]


def rolled_back(django_db_blocker):
    """What is done meanwhile is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def all_loaded(django_db_setup, django_db_blocker):
    for _ in rolled_back(django_db_blocker):
        if not PlanVersion.objects.exists():
            load_state_pack()
        yield load_starter_content()


@pytest.fixture
def loaded(all_loaded, db) -> list[str]:
    return all_loaded


def page_of(row: dict) -> ModulePage:
    key = row.get("training") or f"module-{row['code'].lower()}"
    return ModulePage.objects.get(training__key=key, slug=row["slug"])


def test_loading_makes_pages_to_read(loaded, lena):
    read_alone = ModulePage.objects.filter(is_done_together=False)
    assert read_alone.live().count() == len(ROWS) - len(ON_LAW)
    assert CurriculumPage.objects.count() == 10
    assert loaded == [
        f"{len(ROWS) + len(TOGETHER)} modules added",
        "44 glossary terms added or changed",
        "16 words to choose added or changed",
        "14 areas of the self-assessment added",
    ]
    page = read_alone.live().first()
    client = signed_in(lena)
    for number in range(1, len(page.sections) + 1):
        path = reverse("lms_content:section", args=[page.pk, number])
        assert client.get(path).status_code == 200


def test_what_rests_on_law_is_a_draft_until_it_is_cleared(loaded, lena):
    drafts = ModulePage.objects.not_live().values_list("training__key", flat=True)
    assert sorted(drafts) == [f"module-{code.lower()}" for code in sorted(ON_LAW)]
    assert ModulePage.objects.not_live().exclude(rests_on_law=True).count() == 0


def test_nothing_is_lost_between_file_and_page(loaded):
    for row in ROWS + TOGETHER:
        page = page_of(row)
        pieces = [block for part in page.sections for block in part.value["content"]]
        told = [kind for part in row["sections"] for b in part["blocks"] for kind in b]
        assert Counter(block.block_type for block in pieces) == Counter(told)
        shown = "".join(block.render() for block in pieces)
        assert ">None<" not in shown
        assert page.key_point_list == row.get("key_points", [])
        assert page.next_step_list == row.get("next_steps", [])
        assert page.is_heavy == row.get("heavy", False)


def test_loading_twice_changes_nothing(loaded):
    assert load_starter_content() == []


def test_the_root_of_the_site_is_the_learning(loaded):
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == LearningIndexPage.objects.get()


def test_tta_edits_modules_in_the_admin(loaded, tia):
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    client = signed_in(tia)
    page = ModulePage.objects.first()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    assert "Topics taught" in edit.content.decode()
    chapter = page.get_parent()
    add = reverse(
        "wagtailadmin_pages:add", args=["lms_content", "modulepage", chapter.pk]
    )
    assert client.get(add).status_code == 200


def test_what_a_group_does_together_collects_nothing_and_is_open_to_partners(
    loaded, lena, pat, rf
):
    [row] = TOGETHER
    page = page_of(row)
    assert page.is_done_together
    assert not {"reflection", "check"} & {
        block.block_type for part in page.sections for block in part.value["content"]
    }
    for person in (lena, pat):
        client = signed_in(person)
        for number in range(1, len(page.sections) + 1):
            address = reverse("lms_content:section", args=[page.pk, number])
            assert client.get(address).status_code == 200
    assert not ModuleProgress.objects.exists()
    request = rf.get("/")
    request.user = lena.user
    links = link_trainings(request, [page.training])
    assert all(str(page.pk) not in link.split("/") for link in links.values())
