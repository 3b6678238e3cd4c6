"""When a topic falls due again, and why; each rule alone, no database."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.rules import (
    Audience,
    Employed,
    Equivalence,
    Offset,
    PauseDays,
    Renewal,
    RenewalWhy,
    RetakeOrder,
    Taken,
    Why,
    Yearly,
    add,
    by_equivalence,
    first_fixed_day,
    is_begun,
    is_day_of_a_year,
    next_fixed_day,
    out_of_pauses,
    plan_line,
    renew,
    renewal_sentence,
    sentence,
    turn_of,
)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
fixed_days = st.builds(
    Yearly, st.integers(1, 12), st.integers(1, 31), st.integers(0, 365)
).filter(lambda yearly: is_day_of_a_year(yearly.month, yearly.day))
JUNE = Yearly(6, 30, 90)
HIRED = date(2026, 11, 2)
A_YEAR = Renewal(every=Offset(12, "months"))


# A fixed day each year


@pytest.mark.parametrize(
    ("hired", "first"),
    [
        (date(2026, 11, 2), date(2027, 6, 30)),
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 4, 2), date(2028, 6, 30)),
        (date(2027, 6, 30), date(2028, 6, 30)),
    ],
)
def test_a_fixed_day_is_not_due_in_somebodys_first_days(hired, first):
    assert first_fixed_day(JUNE, hired) == first


def test_the_last_of_february_is_the_28th_where_there_is_no_29th():
    assert Yearly(2, 29).in_year(2027) == date(2027, 2, 28)
    assert Yearly(2, 29).in_year(2028) == date(2028, 2, 29)


@given(yearly=fixed_days, since=days)
def test_the_first_fixed_day_is_the_earliest_that_is_allowed(yearly, since):
    first = first_fixed_day(yearly, since)
    earliest = since + datetime.timedelta(days=yearly.spares_days)
    assert earliest <= first
    assert first == yearly.in_year(first.year)
    assert yearly.in_year(first.year - 1) < earliest


@pytest.mark.parametrize(
    ("completed", "again"),
    [
        (date(2027, 3, 1), date(2027, 6, 30)),
        (date(2027, 4, 30), date(2027, 6, 30)),
        (date(2027, 5, 1), date(2028, 6, 30)),
        (date(2027, 7, 20), date(2028, 6, 30)),
    ],
)
def test_who_completes_it_in_the_open_window_has_renewed_it_for_that_year(
    completed, again
):
    assert next_fixed_day(JUNE, completed, date(2020, 1, 1), 60) == again


def test_a_new_hire_who_just_completed_it_is_spared_until_the_year_after():
    hired, completed = date(2027, 4, 20), date(2027, 4, 25)
    assert next_fixed_day(JUNE, completed, hired, 60) == date(2028, 6, 30)


@given(yearly=fixed_days, completed=days, hired=days, notice=st.integers(0, 180))
def test_the_next_fixed_day_lies_ahead_and_its_window_was_shut(
    yearly, completed, hired, notice
):
    again = next_fixed_day(yearly, completed, hired, notice)
    assert again - datetime.timedelta(days=notice) > completed
    assert again >= hired + datetime.timedelta(days=yearly.spares_days)


def planned(hired, *pauses, firmness="deadline"):
    return plan_line(
        [Audience(None, "required", "", Offset(28, "days"))],
        firmness=firmness,
        holds=[],
        hired_on=hired,
        pauses=[PauseDays(*pause) for pause in pauses],
        yearly=JUNE,
    )


def test_a_first_date_can_be_the_fixed_day_and_says_so():
    line = planned(HIRED)
    assert line.due_on == date(2027, 6, 30)
    assert Why.from_data(line.why.as_data()) == line.why
    assert sentence(line.why, {}) == (
        "Required of everyone. Due by 30 Jun 2027: it is due by 30 June each year. Not "
        "in the first 90 days after 2 Nov 2026."
    )


def test_a_fixed_day_in_a_pause_moves_to_the_day_of_return():
    away = (date(2027, 6, 1), date(2027, 7, 20))
    assert planned(HIRED, away).due_on == date(2027, 7, 21)
    before = (date(2027, 3, 1), date(2027, 4, 20))
    assert planned(HIRED, before).due_on == date(2027, 6, 30)
    assert planned(HIRED, (date(2027, 6, 1), None)).why.waits_for == "return"


# Renewal


def again(completed=HIRED, renewal=A_YEAR, pauses=(), orders=(), until=None, roles=()):
    employed = Employed(
        HIRED, frozenset(roles), tuple(PauseDays(*pause) for pause in pauses)
    )
    return renew(
        completed, renewal, employed=employed, orders=orders, valid_until=until
    )


def test_a_renewal_counts_from_the_last_completion_and_opens_before():
    why = again()
    assert (why.on, why.opens_on) == (date(2027, 11, 2), date(2027, 9, 3))
    assert renewal_sentence(why) == (
        "Renew by 2 Nov 2027: 12 months after you completed it on 2 Nov 2026."
    )


def test_what_is_never_renewed_has_no_such_date():
    assert again(renewal=Renewal()) is None


def test_a_leap_day_is_renewed_on_the_28th():
    assert again(date(2028, 2, 29)).on == date(2029, 2, 28)


def test_a_renewal_in_a_pause_moves_to_the_day_of_return():
    why = again(pauses=[(date(2027, 10, 1), date(2027, 11, 20))])
    assert why.on == date(2027, 11, 21)
    assert "the day you are back" in renewal_sentence(why)


def test_two_pauses_that_adjoin_are_one_return():
    pauses = [
        (date(2027, 11, 11), date(2027, 11, 20)),
        (date(2027, 10, 1), date(2027, 11, 10)),
    ]
    assert again(pauses=pauses).on == date(2027, 11, 21)


def test_a_renewal_waits_while_a_pause_is_open():
    why = again(pauses=[(date(2027, 10, 1), None)])
    assert (why.on, why.opens_on) == (None, None)
    assert renewal_sentence(why) == "The date to renew waits until your pause ends."


def test_a_certificate_that_runs_out_first_is_renewed_first():
    why = again(until=date(2027, 3, 31))
    assert why.on == date(2027, 3, 31)
    assert "is valid until then" in renewal_sentence(why)
    assert again(until=date(2030, 3, 31)).on == date(2027, 11, 2)


def test_by_a_fixed_day_the_sentence_names_it():
    why = again(renewal=Renewal(yearly=JUNE))
    assert renewal_sentence(why) == (
        "Renew by 30 Jun 2027: it is renewed by 30 June each year. You completed it on "
        "2 Nov 2026."
    )


ORDER = RetakeOrder(
    date(2027, 2, 1), Offset(1, "months"), frozenset({"frss"}), "A new law."
)


def test_a_retake_order_asks_those_who_took_it_before():
    why = again(orders=[ORDER], roles=["frss"])
    assert (why.on, why.opens_on) == (date(2027, 3, 1), date(2027, 2, 1))
    assert renewal_sentence(why) == (
        "To take again by 1 Mar 2027: 1 month after 1 Feb 2027, when everyone was asked "
        "to take it again. A new law."
    )


def test_a_retake_order_is_met_by_taking_it_from_that_day_on():
    assert again(date(2027, 2, 1), Renewal(), orders=[ORDER], roles=["frss"]) is None


def test_a_retake_order_is_for_its_roles_alone():
    assert again(renewal=Renewal(), orders=[ORDER], roles=["clinician"]) is None
    for_all = RetakeOrder(date(2027, 2, 1), Offset(1, "months"))
    assert again(renewal=Renewal(), orders=[for_all]).on == date(2027, 3, 1)


def test_a_pause_moves_a_retake_by_its_days():
    pause = (date(2027, 1, 20), date(2027, 2, 10))
    why = again(orders=[ORDER], roles=["frss"], pauses=[pause])
    assert why.on == date(2027, 3, 11)
    assert "Pauses moved it by 10 days." in renewal_sentence(why)


def test_somebody_hired_after_the_order_has_time_from_then():
    earlier = RetakeOrder(date(2026, 6, 1), Offset(1, "months"))
    assert again(date(2025, 1, 1), Renewal(), orders=[earlier]).on == date(2026, 12, 2)


some_pauses = st.lists(
    st.builds(
        lambda first, length: (first, first + datetime.timedelta(days=length)),
        days,
        st.integers(0, 90),
    ),
    max_size=5,
)
some_orders = st.lists(
    st.builds(
        RetakeOrder, days, st.builds(Offset, st.integers(1, 400), st.just("days"))
    ),
    max_size=3,
)
renewals = st.one_of(
    st.builds(Renewal, st.builds(Offset, st.integers(1, 120), st.just("months"))),
    st.builds(Renewal, st.none(), fixed_days, st.integers(0, 180)),
    st.just(Renewal()),
)


@given(completed=days, renewal=renewals, pauses=some_pauses, orders=some_orders)
def test_a_renewal_lies_after_what_it_renews_and_explains_itself(
    completed, renewal, pauses, orders
):
    why = again(completed, renewal, pauses, orders)
    assert why == again(completed, renewal, pauses[::-1], orders[::-1])
    if why is not None:
        assert why.on > completed
        assert why.opens_on <= why.on
        assert RenewalWhy.from_data(why.as_data()) == why
        assert renewal_sentence(why)


@given(day=days, pauses=some_pauses)
def test_a_fixed_date_never_stands_inside_a_pause(day, pauses):
    rows = [PauseDays(*pause) for pause in pauses]
    moved = out_of_pauses(day, rows)
    assert moved.on == day + datetime.timedelta(days=moved.days) >= day
    assert not any(each.starts_on <= moved.on <= each.ends_on for each in rows)


@given(day=days, months=st.integers(1, 120))
def test_months_keep_the_day_or_take_the_last_one(day, months):
    later = add(day, Offset(months, "months"))
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


# Refreshers that take turns

A, B, C = 1, 2, 3


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ([], A),
        ([A], B),
        ([A, B], C),
        ([A, B, C], A),
        ([A, None], C),
        ([C], A),
        ([None], B),
    ],
)
def test_refreshers_take_turns_and_something_else_takes_its_turn(taken, following):
    assert turn_of([A, B, C], taken) == following


def test_without_refreshers_there_is_no_turn():
    assert turn_of([], [A]) is None


@given(rounds=st.integers(0, 20), size=st.integers(1, 5))
def test_whoever_takes_each_in_its_turn_meets_all_equally_often(rounds, size):
    rotation, taken = list(range(size)), []
    for _ in range(rounds * size):
        taken.append(turn_of(rotation, taken))
    assert all(taken.count(each) == rounds for each in rotation)


# Equivalences


def took(pk, on, state="signed"):
    return Taken(pk, date(2026, 1, on), "", state)


BOTH = Equivalence(frozenset({A, B}), "full")


def test_several_topics_together_are_worth_one_on_the_day_of_the_last():
    taken = {A: [took(1, 5)], B: [took(2, 9)]}
    [made] = by_equivalence([BOTH], taken)
    assert (made.pk, made.on, made.portion) == (2, date(2026, 1, 9), "full")


def test_a_part_alone_begins_it_and_no_more():
    taken = {A: [took(1, 5)]}
    assert by_equivalence([BOTH], taken) == []
    assert is_begun([BOTH], taken)
    assert not is_begun([BOTH], {})


def test_a_part_that_is_not_signed_yet_does_not_count():
    assert by_equivalence([BOTH], {A: [took(1, 5)], B: [took(2, 9, "waiting")]}) == []


def test_renewing_one_part_renews_nothing_until_the_other_is_renewed_too():
    taken = {A: [took(1, 5), took(3, 20)], B: [took(2, 9)]}
    assert [each.on.day for each in by_equivalence([BOTH], taken)] == [9]
    taken[B].append(took(4, 25))
    assert [each.on.day for each in by_equivalence([BOTH], taken)] == [9, 25]


def test_two_topics_may_stand_for_each_other_and_nothing_goes_in_circles():
    by_b, by_a = Equivalence(frozenset({B})), Equivalence(frozenset({A}))
    taken = {A: [took(1, 5)]}
    assert by_equivalence([by_b], taken) == []
    assert [each.pk for each in by_equivalence([by_a], taken)] == [1]
