"""Two people at the same moment: each test runs two real transactions.

On the embedded database one waits for the other from its first word on; on PostgreSQL
they run side by side until they want the same row.
"""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from competencies import actions
from competencies.models import Completion, PhaseCompletion, SignOff, Training
from tests.factories import complete

ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pid IN (
        SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
        WHERE datname = current_database()
    )
"""
pytestmark = pytest.mark.django_db(transaction=True)


def seen(*completions: Completion) -> dict[int, str]:
    rows = Completion.objects.filter(pk__in=[each.pk for each in completions])
    return {row.pk: actions.seen(row) for row in rows}


def while_this_is_open(first: Callable[[], object], second: Callable[[], object]):
    """Run ``second`` elsewhere after ``first`` and before its commit."""
    failures = []

    def run() -> None:
        try:
            second()
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        if connection.vendor == "postgresql":
            _until_it_waits(thread)
    thread.join()
    assert failures == []


def _until_it_waits(thread: threading.Thread) -> None:
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return


def test_a_phase_is_complete_when_its_last_two_lines_are_signed_at_once(
    lena, sam, ben, at
):
    *others, last, very_last = complete(lena, *ORIENTATION)
    actions.sign(signer=sam, lines=seen(*others), at=at)
    sams, bens = seen(last), seen(very_last)
    while_this_is_open(
        lambda: actions.sign(signer=sam, lines=sams, at=at),
        lambda: actions.sign(signer=ben, lines=bens, at=at),
    )
    assert SignOff.objects.in_force().count() == 13
    assert [each.phase.key for each in PhaseCompletion.objects.all()] == ["orientation"]


def test_what_is_being_signed_is_not_taken_back(lena, sam, at):
    [completion] = complete(lena, "OB-01")
    lines, answers = seen(completion), []

    def take_back() -> None:
        try:
            actions.withdraw_completion(completion=completion, by=lena, at=at)
        except ValidationError as error:
            answers.append(error.message)

    while_this_is_open(lambda: actions.sign(signer=sam, lines=lines, at=at), take_back)
    assert answers
    assert Completion.objects.get().withdrawn_at is None


def test_what_is_being_taken_back_is_not_signed(lena, sam, at):
    [completion] = complete(lena, "OB-01")
    lines = seen(completion)
    while_this_is_open(
        lambda: actions.withdraw_completion(completion=completion, by=lena, at=at),
        lambda: actions.sign(signer=sam, lines=lines, at=at),
    )
    assert not SignOff.objects.exists()


def test_what_is_being_signed_is_not_sent_back(lena, sam, ben, at):
    [completion] = complete(lena, "OB-01")
    lines, answers = seen(completion), []
    item = lena.staff_members.get().plan.items.get(topic__code="OB-01")
    while_this_is_open(
        lambda: actions.sign(signer=sam, lines=lines, at=at),
        lambda: answers.append(
            actions.send_back(item=item, by=ben, note="Which day?", at=at)
        ),
    )
    item.refresh_from_db()
    assert (answers, item.progress) == ([False], "complete")


def test_a_module_finished_in_two_windows_counts_once(lena, at):
    training = Training.objects.get(key="module-ob-01")
    content = actions.TakenContent("Language", [], 20, "0" * 64)

    def finish() -> None:
        actions.record_completion(
            person=lena, training=training, on=at.date(), at=at, content=content
        )

    while_this_is_open(finish, finish)
    assert Completion.objects.count() == 1
