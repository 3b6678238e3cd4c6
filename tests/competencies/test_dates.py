"""Calendar arithmetic: months that clamp, and pauses that move a date."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.rules import Offset, PauseDays, add, moved_by_pauses
from competencies.rules.dates import merged

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_keep_the_day_and_clamp_to_the_last_one(day, months, expected):
    assert add(day, Offset(months, "months")) == expected


def moved(*pauses, day=date(2027, 2, 28), anchor=date(2026, 11, 30)):
    return moved_by_pauses(day, anchor, [PauseDays(*pause) for pause in pauses])


def test_a_pause_counts_both_its_days():
    pause = (date(2026, 12, 20), date(2027, 1, 10))
    assert moved(pause).days == 22
    assert moved(pause).on == date(2027, 3, 22)


def test_overlapping_pauses_count_once():
    whole = moved((date(2026, 12, 1), date(2026, 12, 20)))
    assert whole == moved(
        (date(2026, 12, 1), date(2026, 12, 12)),
        (date(2026, 12, 10), date(2026, 12, 20)),
    )


def test_adjoining_pauses_are_one():
    whole = moved((date(2026, 12, 1), date(2026, 12, 20)))
    assert whole == moved(
        (date(2026, 12, 11), date(2026, 12, 20)),
        (date(2026, 12, 1), date(2026, 12, 10)),
    )


def test_a_pause_before_the_anchor_moves_nothing():
    assert moved((date(2026, 11, 1), date(2026, 11, 29))).days == 0


def test_a_pause_across_the_anchor_counts_from_the_anchor_on():
    assert moved((date(2026, 11, 1), date(2026, 12, 1))).days == 2


def test_a_pause_that_starts_inside_the_extension_counts_too():
    first = (date(2026, 12, 1), date(2026, 12, 10))
    inside = (date(2027, 3, 5), date(2027, 3, 9))
    assert moved(first).on == date(2027, 3, 10)
    assert moved(first, inside).on == date(2027, 3, 15)


def test_a_date_waits_while_a_pause_is_open():
    assert moved((date(2027, 1, 1), None)).on is None


@given(day=days, pauses=st.lists(st.tuples(days, st.integers(0, 60)), max_size=6))
def test_pauses_never_bring_a_date_forward_and_their_order_is_nothing(day, pauses):
    anchor = day - datetime.timedelta(days=90)
    rows = [
        PauseDays(first, first + datetime.timedelta(days=length))
        for first, length in pauses
    ]
    forward = moved_by_pauses(day, anchor, rows)
    assert forward.on >= day
    assert forward == moved_by_pauses(day, anchor, list(reversed(rows)))


lengths = st.integers(0, 60)
some_pauses = st.lists(
    st.builds(
        lambda first, length: PauseDays(first, first + datetime.timedelta(length)),
        st.dates(date(2026, 9, 1), date(2027, 6, 30)),
        lengths,
    ),
    max_size=6,
)


def days_moved(pauses: list[PauseDays]) -> int:
    return moved_by_pauses(date(2027, 2, 28), date(2026, 11, 30), pauses).days


@given(pauses=some_pauses)
def test_pauses_that_are_made_one_move_as_many_days(pauses):
    assert days_moved(merged(pauses)) == days_moved(pauses)


@given(pauses=some_pauses, one_more=some_pauses)
def test_one_more_pause_never_moves_less(pauses, one_more):
    assert days_moved(pauses + one_more) >= days_moved(pauses)


@given(pauses=some_pauses)
def test_a_date_moves_by_the_days_on_pause_from_the_anchor_to_it(pauses):
    """Counted the slow way: each day that is not on pause brings the date nearer."""
    day, left = date(2026, 11, 30), (date(2027, 2, 28) - date(2026, 11, 30)).days
    while left or is_paused(day, pauses):
        left -= not is_paused(day, pauses)
        day += datetime.timedelta(days=1)
    assert moved_by_pauses(date(2027, 2, 28), date(2026, 11, 30), pauses).on == day


def is_paused(day: date, pauses: list[PauseDays]) -> bool:
    return any(pause.starts_on <= day <= pause.ends_on for pause in pauses)


def test_a_pause_that_is_open_after_the_date_moves_nothing():
    assert moved((date(2027, 3, 1), None)).on == date(2027, 2, 28)


def test_a_date_waits_for_the_return_from_a_pause_begun_before_the_hire():
    assert moved((date(2026, 10, 1), None)).on is None
