"""Counting supervision: days, months and what two people confirm."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_logs.hours import (
    Line,
    Statement,
    differences,
    last_on,
    month_before,
    month_of,
    next_month,
    next_on,
    origin_of,
    read,
    written,
)

TODAY = datetime.date(2026, 11, 24)
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))
LINES = st.builds(
    Line,
    session=st.integers(1, 40),
    version=st.integers(1, 9),
    held_on=DAYS,
    state=st.sampled_from(["held", "moved", "not_held"]),
    minutes=st.integers(0, 480),
)
MONTHS = st.lists(LINES, unique_by=lambda line: line.session, max_size=12)


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "origin"),
    [
        (0, "logged"),
        (14, "logged"),
        (15, "late"),
        (90, "late"),
        (91, "imported"),
    ],
)
def test_how_a_session_counts_follows_from_how_long_ago_it_was(days, origin):
    assert origin_of(ago(days), TODAY) == origin


def test_a_day_of_29_february_is_late_as_any_other():
    leap = datetime.date(2028, 2, 29)
    assert origin_of(leap, datetime.date(2028, 5, 29)) == "late"
    assert origin_of(leap, datetime.date(2028, 5, 30)) == "imported"
    assert month_of(leap) == datetime.date(2028, 2, 1)
    assert next_month(month_of(leap)) == datetime.date(2028, 3, 1)


@given(DAYS)
def test_every_day_lies_in_its_month_and_in_no_other(day):
    month = month_of(day)
    assert month <= day < next_month(month)
    assert month_before(next_month(month)) == month


@given(DAYS, st.integers(0, 6))
def test_a_standing_day_is_found_within_a_week_either_way(day, weekday):
    coming, gone = next_on(weekday, day), last_on(weekday, day)
    assert coming.weekday() == gone.weekday() == weekday
    assert 0 <= (coming - day).days < 7
    assert 0 <= (day - gone).days < 7


@given(MONTHS)
def test_minutes_of_a_month_add_up_however_its_lines_stand(lines):
    one, other = Statement(1, TODAY, lines), Statement(1, TODAY, lines[::-1])
    assert one.minutes == sum(line.minutes for line in lines) == other.minutes
    assert one.digest == other.digest
    assert one.seen == other.seen


@given(MONTHS)
def test_what_was_seen_is_read_as_it_was_written(lines):
    statement = Statement(1, TODAY, lines)
    assert read(statement.seen) == {line.session: line.version for line in lines}
    assert written(read(statement.seen).items()) == statement.seen


@given(MONTHS, st.data())
def test_any_other_minute_is_another_statement(lines, data):
    if not lines:
        return
    place = data.draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    changed = [*lines]
    changed[place] = Line(**{**vars(line), "minutes": line.minutes + 1})
    assert Statement(1, TODAY, changed).digest != Statement(1, TODAY, lines).digest
    [difference] = differences(lines, changed)
    assert (difference.before, difference.now) == (line, changed[place])


@given(MONTHS)
def test_the_same_month_shows_no_difference(lines):
    assert differences(lines, lines[::-1]) == []


def test_another_person_or_month_is_another_statement():
    line = Line(1, 1, TODAY, "held", 60)
    digests = {
        Statement(1, month_of(TODAY), [line]).digest,
        Statement(2, month_of(TODAY), [line]).digest,
        Statement(1, month_before(TODAY), [line]).digest,
    }
    assert len(digests) == 3


@pytest.mark.parametrize("nonsense", ["x", "1", "1.2.3", "1.x", "-", "1.2-"])
def test_what_nobody_wrote_is_not_read(nonsense):
    with pytest.raises(ValueError, match=r"."):
        read(nonsense)
