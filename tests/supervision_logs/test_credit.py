"""What outside bodies count: recorded, counts, why not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.actions import load_pack, read_state_pack
from lms.conf import conf
from supervision_logs import actions
from supervision_logs.hours import Held, Recorded, Rule, credit, months_after
from supervision_logs.models import CreditGoal, CreditRule
from supervision_logs.reports import credit_of, statement_of
from tests.conftest import TODAY
from tests.factories import supervise

from .conftest import NOVEMBER, address, page, signed_in

ANN, BEA, CAM = 1, 2, 3
IMH = Rule(
    minutes=24 * 60,
    purpose="reflective",
    within_months=24,
    at_least_months=12,
    is_majority_from_one=True,
    other_providers=1,
    needs_both=True,
)


def session(
    key: int, provider: int = ANN, minutes: int = 60, *, days_ago: int = 30, **told
) -> Recorded:
    purposes = told.pop("purposes", {"reflective": minutes})
    kind = told.pop("format", "individual")
    held_on = TODAY - datetime.timedelta(days=days_ago)
    told = {"is_confirmed": True, **told}
    return Recorded(key, Held(held_on, minutes, purposes, kind), provider, **told)


def said(rule: Rule, *sessions: Recorded) -> list[tuple[int, str]]:
    found = credit(rule, sessions, TODAY).verdicts
    verdicts = sorted(found, key=lambda each: each.session.key)
    return [(each.counts, each.why_not or "") for each in verdicts]


GOLDEN = {
    "all of a plain hour counts": (Rule(), [session(1)], [(60, "")]),
    "what is imported does not": (
        Rule(),
        [session(1, is_imported=True)],
        [(0, "imported")],
    ),
    "both confirm where the rule says so": (
        IMH,
        [session(1, is_confirmed=False), session(2)],
        [(0, "unconfirmed"), (60, "")],
    ),
    "only the minutes of the purpose": (
        IMH,
        [session(1, purposes={"reflective": 40}), session(2, purposes={})],
        [(40, "purpose"), (0, "purpose")],
    ),
    "only the format asked for": (
        Rule(format="individual"),
        [session(1, format="group")],
        [(0, "format")],
    ),
    "the window ends today": (
        Rule(within_months=24),
        [session(1, days_ago=731), session(2, days_ago=729)],
        [(0, "too_long_ago"), (60, "")],
    ),
    "more than half from one, the rest from one other": (
        IMH,
        [session(n) for n in (1, 2, 3)]
        + [session(n, BEA) for n in (4, 5)]
        + [session(6, CAM)],
        [(60, ""), (60, ""), (60, ""), (60, ""), (60, ""), (0, "other_provider")],
    ),
    "half is not more than half": (
        IMH,
        [session(1), session(2), session(3, BEA), session(4, BEA)],
        [(60, ""), (60, ""), (60, ""), (59, "majority")],
    ),
    "any number of others where the rule is silent": (
        Rule(),
        [session(1), session(2, BEA), session(3, CAM)],
        [(60, "")] * 3,
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name):
    rule, sessions, wanted = GOLDEN[name]
    assert said(rule, *sessions) == wanted


def test_the_day_it_is_reached_follows_the_pace_and_the_shortest_time():
    weekly = [session(n, days_ago=7 * n + 1) for n in range(12)]  # 720 min in 90 days
    count = credit(IMH, weekly, TODAY)
    assert (count.counted, count.left) == (720, 720)
    assert count.projected_on == datetime.date(2027, 9, 7)  # a year after the first
    quick = credit(Rule(minutes=1440), weekly, TODAY)
    assert quick.projected_on == TODAY + datetime.timedelta(days=90)
    assert credit(Rule(minutes=60), weekly, TODAY).projected_on == TODAY
    assert credit(Rule(minutes=60), [], TODAY).projected_on is None
    assert credit(Rule(), weekly, TODAY).projected_on is None


def test_a_month_after_and_before_a_leap_day():
    leap = datetime.date(2028, 2, 29)
    assert months_after(leap, 12) == datetime.date(2029, 2, 28)
    assert months_after(leap, -48) == datetime.date(2024, 2, 29)
    assert months_after(datetime.date(2026, 11, 30), 3) == datetime.date(2027, 2, 28)


SESSIONS = st.lists(
    st.builds(
        session,
        key=st.integers(1, 99),
        provider=st.sampled_from([ANN, BEA, CAM]),
        minutes=st.integers(1, 180),
        days_ago=st.integers(-5, 900),
        is_confirmed=st.booleans(),
        is_imported=st.booleans(),
        format=st.sampled_from(["individual", "group"]),
    ),
    unique_by=lambda each: each.key,
    max_size=25,
)
RULES = st.builds(
    Rule,
    minutes=st.none() | st.integers(1, 3000),
    format=st.sampled_from(["", "individual"]),
    purpose=st.sampled_from(["", "reflective", "clinical"]),
    within_months=st.none() | st.integers(1, 36),
    is_majority_from_one=st.booleans(),
    other_providers=st.none() | st.integers(0, 2),
    needs_both=st.booleans(),
)


@given(RULES, SESSIONS)
def test_counted_is_no_more_than_recorded_and_every_gap_has_a_reason(rule, sessions):
    count = credit(rule, sessions, TODAY)
    past = [each for each in sessions if each.held.held_on <= TODAY]
    assert count.recorded == sum(each.held.minutes for each in past)
    assert count.counted <= count.recorded
    for each in count.verdicts:
        assert 0 <= each.counts <= each.recorded
        assert (each.why_not is None) == (each.counts == each.recorded)


@given(RULES, SESSIONS)
def test_the_order_of_logging_changes_nothing(rule, sessions):
    one, other = credit(rule, sessions, TODAY), credit(rule, sessions[::-1], TODAY)
    assert one.verdicts == other.verdicts


@given(SESSIONS)
def test_the_others_never_reach_the_main_one(sessions):
    count = credit(IMH, sessions, TODAY)
    sums = dict.fromkeys([ANN, BEA, CAM], 0)
    for each in count.verdicts:
        sums[each.session.provider] += each.counts
    most = max(sums.values())
    assert count.counted == 0 or count.counted - most < most
    assert sum(minutes > 0 for minutes in sums.values()) <= 2


@given(RULES, SESSIONS, st.integers(1, 180))
def test_an_hour_more_from_anybody_who_counts_alone_never_takes_one_away(
    rule, sessions, minutes
):
    """With one supervisor, more is never less."""
    alone = [
        Recorded(s.key, s.held, ANN, s.is_confirmed, s.is_imported) for s in sessions
    ]
    more = [*alone, session(100, ANN, minutes)]
    assert credit(rule, more, TODAY).counted >= credit(rule, alone, TODAY).counted


# In the product


@pytest.fixture
def rule(starter_plan):
    return CreditRule.objects.get(key="imh-family-specialist")


def test_every_rule_has_a_source_a_day_and_a_number_or_where_to_ask(starter_plan):
    for rule in CreditRule.objects.all():
        assert rule.source
        assert rule.last_checked
        assert rule.minutes or rule.ask
    assert CreditRule.objects.get(key="icrc-peer-recovery").minutes == 25 * 60


def test_it_is_off_until_turned_on_and_then_ones_own(rule, meet, lena, sam, dina):
    split = {"reflective_minutes": 60}
    meet(on=datetime.date(2026, 11, 17), **split)
    meet(on=datetime.date(2026, 11, 18), minutes=30)
    client = signed_in(lena)
    assert "Turn on" in page(client, "credit_goals")
    client.post(address("credit_turn_on", rule.pk))
    goal = CreditGoal.objects.get()
    for somebody in (sam, dina):
        other = signed_in(somebody)
        assert other.get(address("credit_goal", goal.pk)).status_code == 404
        assert "of 1440 min" not in page(other, "credit_goals")
    read = page(client, "credit_goal", goal.pk)
    assert "0 of 1440 min count, 90 recorded" in read
    assert "not confirmed by both of you yet" in read


def test_what_both_confirm_counts(rule, meet, lena, sam, at):
    meet(on=datetime.date(2026, 11, 17), reflective_minutes=60)
    pair = {"staff_member": lena.staff_members.get(), "supervisor": sam}
    seen = statement_of(**pair, month=NOVEMBER).statement.seen
    for by in (lena, sam):
        actions.confirm_statement(**pair, month=NOVEMBER, seen=seen, by=by, at=at)
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    count, _rows = credit_of(goal, TODAY)
    assert (count.counted, count.recorded) == (60, 60)


def test_a_rule_without_a_number_says_where_to_ask(starter_plan, lena, at):
    rule = CreditRule.objects.get(key="ma-carc")
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    read = page(signed_in(lena), "credit_goal", goal.pk)
    assert "How many are asked for is not known here yet." in read
    assert "the certification board" in read
    assert "That is not kept here." in read


def test_a_changed_rule_is_a_further_version_and_the_old_keeps_its_figures(
    rule, meet, lena, at
):
    meet(on=datetime.date(2026, 11, 17), reflective_minutes=60)
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    before = credit_of(goal, TODAY)[0]
    text = conf.state_pack.read_text("utf-8").replace("hours: 24\n", "hours: 30\n")
    load_pack(text=text)
    newest = CreditRule.objects.newest().get(key=rule.key)
    assert (newest.version, newest.minutes) == (2, 1800)
    goal.refresh_from_db()
    assert goal.rule.version == 1
    assert credit_of(goal, TODAY)[0] == before
    assert load_pack(text=text) == []


def test_turned_off_is_gone(rule, lena, at):
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    signed_in(lena).post(address("credit_turn_off", goal.pk))
    assert not CreditGoal.objects.exists()


def test_a_goal_costs_the_same_however_many_sessions(
    rule, meet, lena, ben, sam, at, assert_queries_do_not_grow
):
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    supervise(ben, lena.staff_members.get(), scope="reflective")
    meet()
    client = signed_in(lena)

    def more() -> None:
        for day in range(10, 20):
            meet(on=datetime.date(2026, 11, day), given_by=ben)

    assert_queries_do_not_grow(lambda: page(client, "credit_goal", goal.pk), more)


def test_a_day_that_is_none_is_said_with_its_line():
    rule = (
        "  - {key: x, title: X, body: B, source: S, ask: A, last_checked: 2026-13-01}"
    )
    text = f"pack: {{key: t, title: T}}\ncredit_rules:\n{rule}\n"
    [fault] = read_state_pack(text).faults
    assert fault.line == 3
    assert "is no day" in fault.says
