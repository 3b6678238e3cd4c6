"""What opens or changes records and is no page: each has its line in
``access_behind.csv``, which says on whose behalf it runs and with what right.

A new task, outbox message, command, admin screen, link or model fails here until it
has one.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.models import Page

from content.actions import let_tta_edit
from content.models import CurriculumPage, LearningIndexPage
from lms import outbox
from lms.actions import let_tta_into_the_admin
from lms.project.celery import app as celery
from tests.access import HERE, TABLE, given, rows_of

LINES = rows_of(HERE / "access_behind.csv")
OURS = Path(__file__).parents[1]


def listed(kind: str) -> set[str]:
    return {line["name"] for line in LINES if line["kind"] == kind}


def is_ours(module: str) -> bool:
    return (OURS / module.split(".")[0] / "__init__.py").exists()


def test_every_line_names_what_the_table_has():
    known = {(row["resource"], row["act"]) for row in TABLE}
    assert {(line["resource"], line["act"]) for line in LINES} <= known


@pytest.mark.parametrize(
    "line",
    [line for line in LINES if line["on behalf of"]],
    ids=lambda line: line["name"],
)
def test_whoever_it_runs_for_is_given_that_by_the_table(line):
    states = {"own agency", "one-time link", "earned", "published", "valid", "draft"}
    states |= {"asked by another", "on paper and with a mailbox"}
    assert given(line["resource"], line["act"], {line["on behalf of"]}, states)


def test_every_task_is_listed():
    celery.loader.import_default_modules()
    tasks = {name for name in celery.tasks if is_ours(name)}
    assert tasks == listed("task")
    beat = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert beat <= tasks


def test_every_message_of_the_outbox_is_listed():
    assert set(outbox.handlers()) == listed("outbox")


def test_every_command_is_listed():
    commands = {name for name, app in get_commands().items() if is_ours(app)}
    assert commands == listed("command")


def test_every_link_that_opens_without_a_session_exists():
    for name in listed("link"):
        arguments = [[], ["code"], ["x", "y"], ["x", 1], [1, "file.pdf"]]
        assert any(_has_address(name, each) for each in arguments), name


def _has_address(name: str, arguments: list) -> bool:
    try:
        return bool(reverse(name, args=arguments))
    except NoReverseMatch:
        return False


def test_every_noun_is_listed():
    ours = [m for m in apps.get_models() if is_ours(m.__module__)]
    assert {m._meta.label for m in ours if not m._meta.proxy} == listed("model")


def ours_in_the_admin() -> dict[str, object]:
    return {
        viewset.model._meta.label: viewset
        for viewset in viewsets.viewsets
        if is_ours(type(viewset).__module__)
    }


def test_every_admin_screen_is_listed():
    assert set(ours_in_the_admin()) == listed("admin")


def test_only_the_training_team_and_the_emergency_account_edit_in_the_admin(cast, at):
    root = Page.get_first_root_node()
    learning = root.add_child(instance=LearningIndexPage(title="L", slug="l"))
    learning.add_child(instance=CurriculumPage(title="C", number="1", slug="c"))
    let_tta_edit(learning)
    for user in cast.values():
        if hasattr(user, "lms_person"):
            let_tta_into_the_admin(person=user.lms_person, on=at.date())
    for viewset in ours_in_the_admin().values():
        address = reverse(viewset.get_url_name("index"))
        found = set()
        for who, user in cast.items():
            client = Client()
            client.force_login(user)
            if client.get(address).status_code == 200:
                found.add(who)
        assert found == {"tia", "root"}, address
