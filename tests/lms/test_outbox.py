"""Killing a process at any point loses nothing and doubles nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail import hooks

from lms import outbox
from lms.models import Agency, OutboxMessage
from lms.outbox import Handler

ROOT = Path(__file__).parents[2]


def make_agency(payload, at):
    Agency.objects.create(name=payload["name"])


def fail(payload, at):
    raise RuntimeError("not today")


@pytest.fixture
def make_agencies():
    with hooks.register_temporarily(
        "register_lms_outbox_handlers", lambda: [Handler("agency", make_agency)]
    ):
        yield


def ask(name: str = "Northside", kind: str = "agency") -> None:
    outbox.enqueue(kind=kind, key=name, payload={"name": name})


@pytest.mark.usefixtures("make_agencies", "db")
def test_work_is_done_once_however_often_it_is_asked_for():
    ask()
    ask()
    assert outbox.drain() == 1
    assert outbox.drain() == 0
    assert Agency.objects.count() == 1


@pytest.mark.usefixtures("make_agencies", "db")
def test_work_goes_with_the_act_that_asked_for_it():
    def act() -> None:
        with transaction.atomic():
            ask()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert OutboxMessage.objects.count() == 0


@pytest.mark.usefixtures("db")
def test_work_that_fails_waits_and_is_given_up_in_the_end():
    with hooks.register_temporarily(
        "register_lms_outbox_handlers", lambda: [Handler("agency", fail)]
    ):
        ask()
        assert outbox.drain() == 0
        message = OutboxMessage.objects.get()
        assert message.due_at > timezone.now()
        assert "not today" in message.last_error
        OutboxMessage.objects.update(
            attempts=outbox.MOST_ATTEMPTS - 1, due_at=timezone.now()
        )
        outbox.drain()
    assert OutboxMessage.objects.get().given_up_at is not None


PROGRAM = """
import os, signal, sys, django
django.setup()
from django.db import transaction
from django.utils import timezone
from wagtail import hooks
from lms import outbox
from lms.models import Agency

def die():
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv[1]

def handle(payload, at):
    Agency.objects.create(name=payload["name"])
    if point == "after the handler, before the mark":
        die()

def handle_and_die(payload, at):
    die()

chosen = handle_and_die if point == "in the handler" else handle
hooks.register("register_lms_outbox_handlers", lambda: [outbox.Handler("agency", chosen)])
if point != "work":
    with transaction.atomic():
        outbox.enqueue(kind="agency", key="1", payload={"name": "Northside"})
        if point == "before the commit":
            die()
    if point == "after the commit, before the bell":
        die()
outbox.drain()
"""


def process(point: str, environment: dict) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, point], cwd=ROOT, env=environment, check=False
    )
    return done.returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("point", "agencies"),
    [
        ("before the commit", 0),
        ("after the commit, before the bell", 1),
        ("in the handler", 1),
        ("after the handler, before the mark", 1),
    ],
)
def test_a_process_that_is_killed_loses_and_doubles_nothing(point, agencies):
    name = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings_of_a_second_process",
        "SECOND_PROCESS_DATABASE": name,
    }
    assert process(point, environment) == -9
    OutboxMessage.objects.update(due_at=timezone.now())  # the lease runs out
    assert process("work", environment) == 0
    assert process("work", environment) == 0
    assert Agency.objects.count() == agencies
