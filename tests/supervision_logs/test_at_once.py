"""Many at the same moment: real threads, real transactions."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from supervision_logs import actions
from supervision_logs.models import (
    MonthlyConfirmation,
    SessionVersion,
    SupervisionSession,
)
from supervision_logs.reports import statement_of
from tests.conftest import TODAY

from .conftest import NOVEMBER

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int, act: Callable[[], object]) -> list[object]:
    """What each of that many threads came to, all let go at the same moment."""
    gate, answers = threading.Barrier(times), []

    def run() -> None:
        gate.wait()
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_twenty_taps_at_once_make_one_confirmation(meet, lena, sam, at):
    meet()
    staff_member = lena.staff_members.get()
    seen = statement_of(staff_member, sam, NOVEMBER).statement.seen
    answers = at_once(
        20,
        lambda: actions.confirm_statement(
            staff_member=staff_member, supervisor=sam, month=NOVEMBER, seen=seen,
            by=lena, at=at,
        ),
    )  # fmt: skip
    assert answers == [True] * 20
    assert MonthlyConfirmation.objects.count() == 1


def test_of_twenty_amendments_at_once_one_is_written(meet, lena, sam, at):
    session = meet()
    told = actions.Told(
        {"held_on": TODAY, "minutes": 45}, {lena.staff_members.get(): None}
    )

    def amend() -> bool:
        return actions.amend_session(
            session=SupervisionSession.objects.get(), expected=1, told=told, by=sam,
            at=at,
        )  # fmt: skip

    assert sorted(at_once(20, amend)) == [False] * 19 + [True]
    assert SessionVersion.objects.filter(session=session).count() == 2


def test_one_form_sent_twenty_times_at_once_logs_once(lena, sam, at):
    told = actions.Told(
        {"held_on": TODAY, "minutes": 60}, {lena.staff_members.get(): None}
    )
    key = "0f9e5f5c-0000-4000-8000-00000000000a"
    at_once(
        20,
        lambda: actions.log_session(
            given_by=sam, told=told, by=sam, at=at, form_key=key
        ),
    )
    assert SessionVersion.objects.count() == 1
