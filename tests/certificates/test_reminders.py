"""What runs out is told of 90, 60, 30 and 7 days before, once, in one letter."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.actions import (
    ask_for_reminders,
    issue_certificate,
    revoke_certificate,
)
from certificates.models import Award, Certificate
from certificates.rules import STEPS, Earned, step_due
from lms import outbox
from tests.conftest import TODAY

DAY = datetime.timedelta(days=1)


@given(st.sets(st.integers(0, 120)), st.integers(0, 120))
def test_each_step_is_told_once_and_never_after_the_end(days_looked, lasts):
    start = datetime.date(2026, 1, 1)
    expires_on, told, steps = start + lasts * DAY, None, []
    for day in sorted(days_looked):
        if step := step_due(expires_on, start + day * DAY, told):
            assert day <= lasts
            steps.append(step)
            told = step
    assert steps == sorted(set(steps), reverse=True)
    assert set(steps) <= set(STEPS)


@pytest.mark.parametrize(
    ("left", "step"),
    [(91, None), (90, 90), (60, 60), (31, 60), (7, 7), (0, 7), (-1, None)],
)
def test_the_nearest_step_is_told(left, step):
    assert step_due(TODAY + left * DAY, TODAY, None) == step


@pytest.fixture
def two(issued, lena, at) -> list[Certificate]:
    award = Award.objects.create(key="other", title="Safe sleep", earned_by="hand")
    what = Earned(lena.pk, "by-hand", TODAY)
    other = issue_certificate(award=award, what=what, at=at)
    for certificate, left in ((issued, 30), (other, 60)):
        certificate.expires_on = TODAY + left * DAY
        certificate.save()
    return [issued, other]


def test_one_letter_tells_of_all_and_names_no_work(two, lena, mailoutbox):
    assert ask_for_reminders(on=TODAY) == 1
    assert ask_for_reminders(on=TODAY) == 0
    outbox.drain()
    [letter] = mailoutbox
    assert letter.to == [lena.user.email]
    assert letter.body.index("Foundations of Family Support") < letter.body.index(
        "Safe sleep"
    )
    for word in ("FRSS", "Recovery", "Northside", "supervis"):
        assert word not in letter.subject + letter.body


def test_what_was_renewed_or_taken_back_is_told_of_no_more(
    two, lena, tia, at, mailoutbox
):
    first, other = two
    newer = issue_certificate(
        award=first.award, what=Earned(lena.pk, "next", TODAY), at=at
    )
    assert newer != first
    ask_for_reminders(on=TODAY)
    revoke_certificate(certificate=other, because="x", by=tia, at=at)
    outbox.drain()
    assert mailoutbox == []


def test_the_supervisor_reads_a_list_by_name_and_others_do_not(
    client, two, sam, olu, dina
):
    client.force_login(sam.user)
    page = client.get("/").content.decode()
    assert "Certificates to renew on your team" in page
    assert "Safe sleep, valid until" in page
    for other in (olu, dina):
        client.force_login(other.user)
        assert "to renew on your team" not in client.get("/").content.decode()


def test_after_the_end_nothing_more_is_told(two, mailoutbox):
    assert ask_for_reminders(on=TODAY + 61 * DAY) == 0
