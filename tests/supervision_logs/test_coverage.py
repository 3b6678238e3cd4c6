"""What each week has of its target, and what it does not hold against anybody."""

import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.models import Pause
from supervision_logs.hours import (
    Aim,
    Held,
    Missed,
    Times,
    Work,
    cover,
    empty_in_a_row,
    periods_of,
    share_of,
)
from supervision_logs.models import Target
from tests.conftest import TODAY
from tests.factories import employ, person, supervise

from .conftest import address, page, signed_in

WEEK = datetime.timedelta(weeks=1)
MONDAY = datetime.date(2026, 10, 5)
SPANS = periods_of("week", MONDAY, MONDAY + 3 * WEEK)
HOUR = Aim(60, format="individual")
DAYS = st.dates(datetime.date(2026, 9, 1), datetime.date(2026, 12, 31))
SESSIONS = st.lists(
    st.builds(
        Held,
        held_on=DAYS,
        minutes=st.integers(1, 180),
        format=st.sampled_from(["individual", "group"]),
        occasion=st.sampled_from(["planned", "on_demand"]),
    ),
    max_size=20,
)


def states(work: Work, aim: Aim = HOUR, today: datetime.date = TODAY) -> list[str]:
    return [each.state.value for each in cover(aim, SPANS, work, today)]


def held(week: int, minutes: int = 60, **more) -> Held:
    return Held(MONDAY + week * WEEK, minutes, **more)


def test_a_week_is_met_in_part_or_not():
    work = Work(sessions=[held(0), held(1, 30), held(2, 30), held(2, 30)])
    assert states(work) == ["met", "part", "met", "empty"]


def test_what_the_target_does_not_ask_for_does_not_count():
    work = Work(sessions=[held(0, format="group"), held(1, purposes={"clinical": 60})])
    assert states(work) == ["empty", "met", "empty", "empty"]
    reflective = Aim(60, purpose="reflective")
    assert states(work, reflective) == ["empty"] * 4


def test_not_held_because_the_supervisor_was_away_is_told_apart():
    day = datetime.timedelta(days=1)
    missed = [Missed(MONDAY + day, "supervisor_away"), Missed(MONDAY + WEEK, "closed")]
    work = Work(sessions=[held(2)], missed=missed)
    assert states(work) == ["away", "closed", "met", "empty"]


@pytest.mark.parametrize(("days", "state"), [(1, "empty"), (2, "empty"), (3, "paused")])
def test_three_paused_weekdays_take_a_week_out(days, state):
    until = MONDAY + datetime.timedelta(days=days - 1)
    work = Work(times=Times(pauses=[(MONDAY, until)]))
    assert states(work)[0] == state


def test_a_paused_week_with_an_hour_keeps_the_hour():
    work = Work(times=Times(pauses=[(MONDAY, None)]), sessions=[held(0)])
    assert states(work) == ["met", "paused", "paused", "paused"]


def test_nobody_is_asked_for_hours_before_they_came_or_after_they_left():
    times = Times(MONDAY + WEEK, MONDAY + 2 * WEEK - datetime.timedelta(days=1))
    assert states(Work(times=times)) == ["outside", "empty", "outside", "outside"]


def test_the_week_that_is_not_over_is_not_judged():
    assert states(Work(), today=MONDAY + 3 * WEEK)[-1] == "running"


def test_half_time_is_asked_for_half_where_the_target_says_so():
    assert HOUR.needed(Decimal("0.50")) == 60
    part = Aim(60, is_pro_rated=True)
    assert part.needed(Decimal("0.50")) == 30
    assert part.needed(Decimal("0.33")) == 20
    assert part.needed(Decimal("0.00")) == 1


def test_empty_weeks_in_a_row_are_counted_from_the_last_one_that_is_over():
    empty = Work(sessions=[held(0)])
    assert empty_in_a_row(cover(HOUR, SPANS, empty, TODAY)) == 3
    paused = Times(pauses=[(MONDAY + 2 * WEEK, MONDAY + 3 * WEEK)])
    told = Work(paused, sessions=[held(0)])
    assert empty_in_a_row(cover(HOUR, SPANS, told, TODAY)) == 2


def test_a_week_begins_on_the_agencys_first_day():
    sunday = periods_of("week", MONDAY, MONDAY, week_starts_on=6)
    assert sunday == [(datetime.date(2026, 10, 4), datetime.date(2026, 10, 10))]


def test_february_of_a_leap_year_has_29_days():
    day = datetime.date(2028, 2, 29)
    assert periods_of("month", day, day) == [(day.replace(day=1), day)]


@given(SESSIONS, DAYS, st.integers(0, 6), st.sampled_from(["week", "month"]))
def test_every_minute_counts_once_and_never_more_than_was_held(
    sessions, first, week_starts_on, per
):
    spans = periods_of(per, first, datetime.date(2026, 12, 31), week_starts_on)
    for earlier, later in itertools.pairwise(spans):
        assert later[0] - earlier[1] == datetime.timedelta(days=1)
    counted = cover(Aim(60, per), spans, Work(sessions=sessions), TODAY)
    inside = [each for each in sessions if each.held_on >= spans[0][0]]
    assert sum(each.counted for each in counted) == sum(s.minutes for s in inside)


@given(st.integers(1, 480), st.data())
def test_shares_of_the_parts_come_to_no_more_than_ones_own_minutes(whole, data):
    own = data.draw(st.integers(1, whole))
    first = data.draw(st.integers(0, whole))
    parts = [first, whole - first]
    shares = [share_of(part, own, whole) for part in parts]
    assert 0 <= own - sum(shares) < len(parts)
    assert [share_of(part, whole, whole) for part in parts] == parts


def test_two_targets_come_with_the_program(starter_plan):
    told = {(t.minutes, t.role and t.role.key, t.purpose) for t in Target.objects.all()}
    assert told == {(60, None, ""), (60, "supervisor", "reflective")}
    assert all(target.source for target in Target.objects.all())


def test_the_page_shows_people_and_weeks_in_a_table(meet, lena, sam, dina):
    meet(on=datetime.date(2026, 11, 10))
    meet(on=datetime.date(2026, 11, 17), minutes=0, state="not_held",
         not_held_because="supervisor_away")  # fmt: skip
    for somebody in (lena, sam, dina):
        read = page(signed_in(somebody), "supervision_coverage")
        assert "60 min" in read
        assert "not held (supervisor away)" in read
        assert "Lena" in read


def test_one_sees_oneself_those_one_supervises_and_those_one_directs(
    lena, sam, ben, dina, olu, cast
):
    def people(somebody) -> set[str]:
        answer = signed_in(somebody).get(address("supervision_coverage"))
        return {
            str(row.staff_member.person)
            for table in answer.context["tables"]
            for row, _cells in table["rows"]
        }

    assert people(lena) == {"Lena"}
    assert people(sam) == {"Lena", "Sam"}
    assert people(ben) == {"Ben"}
    assert {"Lena", "Sam", "Ben", "Dina"} == people(dina)
    assert people(olu) == {"Olu", "Otto"}


def test_weeks_without_an_hour_are_said_to_both_and_as_a_number_to_the_director(
    pair, lena, sam, dina
):
    for somebody in (lena, sam):
        read = page(signed_in(somebody), "our_hour", *pair)
        assert "Nothing is logged for the last 3 weeks." in read
    home = signed_in(dina).get("/").content.decode()
    assert "people had no hour for two weeks or longer" in home
    assert (
        "Lena" not in home.partition("two weeks or longer")[0].rpartition("<section")[2]
    )


def test_after_a_pause_nothing_is_raised(pair, lena, sam):
    Pause.objects.create(staff_member=lena.staff_members.get(), starts_on="2026-11-02")
    assert "Nothing is logged" not in page(signed_in(sam), "our_hour", *pair)


def test_where_a_target_asks_for_a_purpose_the_usual_hour_says_it(sam, dina):
    supervise(dina, sam.staff_members.get(), scope="reflective")
    read = page(signed_in(sam), "our_hour", sam.staff_members.get().pk, dina.pk)
    assert 'name="reflective_minutes" value="60"' in read


def test_the_page_costs_the_same_however_many_people_and_sessions(
    meet, dina, northside, assert_queries_do_not_grow
):
    meet()
    client = signed_in(dina)

    def more() -> None:
        for number in range(3):
            staff_member = employ(person(f"more{number}"), northside, "frss")
            for week in range(3):
                meet(
                    on=TODAY - week * WEEK, roster={staff_member: None}, because="away"
                )

    assert_queries_do_not_grow(lambda: page(client, "supervision_coverage"), more)
