"""The files a program begins with, each by itself: nothing is loaded here."""

import re
from pathlib import Path

import pytest
import yaml

from competencies.models import Topic, TrainingTopic
from content.actions.loading import STARTER

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
ONLY_INTRODUCED = {
    *("OB-02", "OB-03", "OB-13", "M3-02", "M3-03", "M3-05"),
    *("M6-02", "M6-04", "M6-05"),
}
MARKUP = re.compile(r"<[a-z/]|\]\(|^#", re.MULTILINE)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def row(request: pytest.FixtureRequest) -> dict:
    return yaml.safe_load(Path(request.param).read_text("utf-8"))


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


def test_each_topic_of_the_printed_plan_has_a_module(db):
    by_the_job_description_alone = {"RC-01", "RC-02"}
    topics = set(Topic.objects.values_list("code", flat=True))
    assert {path.stem for path in FILES} == topics - by_the_job_description_alone
    assert len(FILES) == 38


def test_a_module_says_what_it_is(row):
    assert re.fullmatch(r"(OB|M3|M6|Y1)-\d\d", row["code"])
    assert re.fullmatch(r"[a-z0-9-]+", row["slug"])
    assert row["summary"].strip()
    assert row["completion_message"].strip()
    assert 3 <= len(row["objectives"]) <= 5
    assert 8 <= row["minutes"] <= 15
    assert 3 <= len(row["key_points"]) <= 5
    assert 2 <= len(row["next_steps"]) <= 4


def test_a_module_bears_the_title_of_its_topic(row, starter_plan):
    assert row["title"] == Topic.objects.get(code=row["code"]).title


def test_reading_alone_completes_no_topic_that_asks_for_more(row, starter_plan):
    taught = TrainingTopic.objects.get(training__key=f"module-{row['code'].lower()}")
    assert taught.topic.code == row["code"]
    assert (taught.effect == "introduces") == (row["code"] in ONLY_INTRODUCED)


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


def test_there_are_words_to_choose_and_places_to_read_more(row):
    assert blocks(row, "words")
    assert blocks(row, "resource")
    assert all(each["url"].startswith("https://") for each in blocks(row, "resource"))


def test_situations_are_imagined(row):
    assert blocks(row, "in_practice")
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
