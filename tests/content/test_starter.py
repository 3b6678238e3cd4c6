import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Site

from competencies.models import Topic, Training
from content.actions import load_starter_content
from content.actions.loading import STARTER
from content.models import CurriculumPage, LearningIndexPage, ModulePage
from lms.actions import TTA_GROUP

from .conftest import signed_in

FILES = sorted((STARTER / "modules").glob("*.yaml"))
KINDS = {
    "key_idea",
    "text",
    "in_practice",
    "words",
    "check",
    "reflection",
    "law",
    "checklist",
    "resource",
}
NEVER = re.compile(
    r"\b(learners?|trainees?|complian\w+|deficien\w+|at risk|failed|delinquent|users?"
    r"|addicts?|relaps\w+|clients?|visitation)\b",
    re.IGNORECASE,
)
QUOTED_OR_SELF_NAMED = re.compile(r'"[^"]*"|themselves an addict')
MARKUP = re.compile(r"<[a-z/]|\]\(|^#", re.MULTILINE)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def row(request: pytest.FixtureRequest) -> dict:
    return yaml.safe_load(Path(request.param).read_text("utf-8"))


@pytest.fixture
def loaded(starter_plan) -> list[str]:
    return load_starter_content()


def blocks(row: dict, kind: str) -> list:
    return [
        block[kind]
        for section in row["sections"]
        for block in section["blocks"]
        if kind in block
    ]


def sentences(value: object) -> str:
    """Every text in it, but for the words one is asked not to use."""
    if isinstance(value, dict):
        kept = [each for key, each in value.items() if key not in {"instead_of", "url"}]
        return "\n".join(sentences(each) for each in kept)
    if isinstance(value, list):
        return "\n".join(sentences(each) for each in value)
    return str(value)


def test_each_orientation_topic_has_a_module():
    codes = {path.stem for path in FILES}
    assert codes == {f"OB-{number:02}" for number in range(1, 14)}


def test_a_module_says_what_it_is(row):
    assert re.fullmatch(r"OB-\d\d", row["code"])
    assert re.fullmatch(r"[a-z0-9-]+", row["slug"])
    assert row["summary"].strip()
    assert row["completion_message"].strip()
    assert 3 <= len(row["objectives"]) <= 5
    assert 8 <= row["minutes"] <= 15


def test_a_module_bears_the_title_of_its_topic(row, starter_plan):
    assert row["title"] == Topic.objects.get(code=row["code"]).title


def test_a_module_belongs_to_a_chapter(row):
    chapters = yaml.safe_load((STARTER / "curricula.yaml").read_text("utf-8"))
    assert row["chapter"] in {each["number"] for each in chapters}


def test_a_module_has_short_sections_with_titles_of_their_own(row):
    titles = [section["title"] for section in row["sections"]]
    assert 5 <= len(titles) <= 8
    assert len(set(titles)) == len(titles)
    found = {next(iter(b)) for section in row["sections"] for b in section["blocks"]}
    assert found <= KINDS


def test_every_choice_teaches(row):
    checks = blocks(row, "check")
    assert len(checks) >= 3
    for check in checks:
        assert len(check["choices"]) == 3
        assert any(choice["right"] for choice in check["choices"])
        assert all(len(choice["feedback"]) > 30 for choice in check["choices"])


def test_situations_are_imagined(row):
    for situation in blocks(row, "in_practice"):
        assert situation["situation"].strip().startswith("Imagine")


def test_reflections_are_few(row):
    assert 1 <= len(blocks(row, "reflection")) <= 2


def test_law_says_since_when_and_is_looked_at_again(row):
    for law in blocks(row, "law"):
        assert law["as_of"] < law["next_review"]
        assert law["source"]


def test_the_words_are_ours(row):
    told = QUOTED_OR_SELF_NAMED.sub("", sentences(row))
    assert NEVER.findall(told) == []
    assert MARKUP.findall(sentences(row["sections"])) == []


def test_loading_makes_pages_to_read(loaded, lena):
    assert ModulePage.objects.live().count() == len(FILES)
    assert CurriculumPage.objects.count() == 10
    assert loaded == [f"{len(FILES)} modules added"]
    page = ModulePage.objects.first()
    client = signed_in(lena)
    for number in range(1, len(page.sections) + 1):
        path = reverse("lms_content:section", args=[page.pk, number])
        assert client.get(path).status_code == 200


def test_nothing_is_lost_between_file_and_page(row, loaded):
    page = ModulePage.objects.get(training__key=f"module-{row['code'].lower()}")
    kinds = Counter(
        block.block_type for part in page.sections for block in part.value["content"]
    )
    assert kinds["check"] == len(blocks(row, "check"))
    shown = "".join(
        block.render() for part in page.sections for block in part.value["content"]
    )
    assert ">None<" not in shown
    for check in blocks(row, "check"):
        first = check["choices"][0]["feedback"].split()[0]
        assert first.replace("'", "&#x27;") in shown


def test_loading_twice_changes_nothing(loaded):
    assert load_starter_content() == []


def test_the_root_of_the_site_is_the_learning(loaded):
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == LearningIndexPage.objects.get()


def test_what_somebody_wrote_is_left_alone(loaded, tia):
    page = ModulePage.objects.first()
    page.loaded_hash = "of another edition"
    page.title = "Our own words"
    page.save_revision(user=tia.user).publish()
    assert load_starter_content() == []
    assert ModulePage.objects.get(pk=page.pk).title == "Our own words"


def test_a_draft_is_left_alone(loaded, tia):
    page = ModulePage.objects.first()
    page.summary = "Half a thought"
    page.save_revision(user=tia.user)
    ModulePage.objects.filter(pk=page.pk).update(loaded_hash="of another edition")
    assert load_starter_content() == []
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "Half a thought"


def test_an_untouched_module_follows_its_file(loaded):
    page = ModulePage.objects.first()
    title = page.title
    page.title = "An older edition"
    page.loaded_hash = page.content_hash()
    page.save()
    assert load_starter_content() == ["1 modules changed"]
    assert ModulePage.objects.get(pk=page.pk).title == title


def test_a_deleted_module_stays_away(loaded):
    ModulePage.objects.first().delete()
    assert load_starter_content() == []
    assert ModulePage.objects.count() == len(FILES) - 1


def test_a_module_without_training_is_said(starter_plan):
    Training.objects.filter(key="module-ob-04").delete()
    said = load_starter_content()
    assert "1 modules left out: their training is not in the catalog" in said


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
