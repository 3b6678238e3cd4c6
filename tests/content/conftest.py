import pytest
from django.test import Client
from wagtail.models import Page

from competencies.models import Training
from content.models import CurriculumPage, LearningIndexPage, ModulePage
from lms.models import Person

CHOICES = [
    {"text": "Listen", "right": True, "feedback": "It opens doors."},
    {"text": "Hurry", "right": False, "feedback": "There is time to slow down."},
]


def item(name: str, kind: str, value: object) -> dict:
    return {"type": kind, "id": name, "value": value}


def section(name: str, *blocks: dict) -> dict:
    return item(name, "section", {"title": name.title(), "content": list(blocks)})


def check(name: str, choices: list[dict]) -> dict:
    listed = [item(f"{name}-{n}", "item", each) for n, each in enumerate(choices)]
    return item(name, "check", {"question": "What helps first?", "choices": listed})


SECTIONS = [
    section("opening", item("idea", "key_idea", "Trust grows in small steps.")),
    section(
        "middle",
        check("one", CHOICES),
        item("own", "reflection", {"prompt": "What did you hear?", "note": ""}),
    ),
    section("ending", check("several", [*CHOICES, {**CHOICES[0], "text": "Ask"}])),
]


@pytest.fixture
def chapter(db) -> CurriculumPage:
    root = Page.get_first_root_node()
    index = root.add_child(instance=LearningIndexPage(title="Learning", slug="learn"))
    return index.add_child(instance=CurriculumPage(title="Foundations", number="1.1"))


@pytest.fixture
def module(chapter, starter_plan) -> ModulePage:
    """Three screens, two questions, for Language as Advocacy."""
    return add_module(chapter, "module-ob-01", "Small steps")


def add_module(chapter: CurriculumPage, key: str, title: str) -> ModulePage:
    return chapter.add_child(
        instance=ModulePage(
            title=title,
            training=Training.objects.get(key=key),
            summary="How trust begins.",
            objectives="Listen first\nAsk gently",
            minutes=8,
            sections=SECTIONS,
            completion_message="Next comes the first visit.",
        )
    )


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client
