from datetime import date

import pytest

from competencies.rules import (
    Audience,
    Hold,
    Line,
    Offset,
    PauseDays,
    Progress,
    Status,
    Taken,
    Why,
    covers,
    grant,
    plan_line,
    reached,
    sentence,
    status_of,
)

SIX_MONTHS = Offset(6, "months")


def required(role, portion="", offset=SIX_MONTHS):
    return Audience(role, "required", portion, offset)


RECOMMENDED = Audience(None, "recommended", "", SIX_MONTHS)


def test_several_roles_give_the_union():
    rows = [required("frss"), RECOMMENDED]
    assert grant(rows, [Hold("clinician")]).obligation == "recommended"
    assert grant(rows, [Hold("clinician"), Hold("frss")]).obligation == "required"


def test_the_fullest_portion_wins():
    rows = [required("supervisor", "didactic"), required("clinician", "full")]
    both = grant(rows, [Hold("supervisor"), Hold("clinician")])
    assert both.portion == "full"


def test_nothing_is_granted_to_a_role_that_no_row_names():
    assert grant([required("supervisor")], [Hold("frss")]) is None


def test_of_several_rows_the_earliest_date_counts():
    line = plan_line(
        [required("frss"), required("supervisor")],
        firmness="aim",
        holds=[Hold("frss"), Hold("supervisor", date(2027, 2, 1))],
        hired_on=date(2026, 11, 30),
    )
    assert line.due_on == date(2027, 5, 30)


def test_a_role_taken_up_later_anchors_the_date():
    line = plan_line(
        [required("supervisor")],
        firmness="aim",
        holds=[Hold("supervisor", date(2027, 2, 1))],
        hired_on=date(2026, 11, 30),
    )
    assert line.due_on == date(2027, 8, 1)
    assert sentence(line.why, {"supervisor": "are a Supervisor"}) == (
        "Required because you are a Supervisor. Aim for 1 Aug 2027: 6 months after "
        "1 Feb 2027, when you took up that role."
    )


def test_without_a_hire_date_the_date_says_what_it_waits_for():
    line = plan_line([required(None)], firmness="aim", holds=[], hired_on=None)
    assert line.due_on is None
    assert "waits for your hire date" in sentence(line.why, {})


def test_what_is_recommended_has_no_date():
    line = plan_line(
        [RECOMMENDED], firmness="aim", holds=[], hired_on=date(2026, 11, 30)
    )
    assert (line.obligation, line.due_on) == ("recommended", None)


def test_the_full_training_covers_the_didactic_portion_and_not_the_other_way():
    assert covers("full", "didactic")
    assert not covers("didactic", "full")


def test_a_portion_that_is_only_recommended_does_not_enlarge_what_is_required():
    rows = [
        required("frss", "didactic"),
        Audience(None, "recommended", "full", SIX_MONTHS),
    ]
    granted = grant(rows, [Hold("frss")])
    assert (granted.obligation, granted.portion) == ("required", "didactic")


def test_an_earlier_date_for_a_smaller_portion_does_not_count():
    soon = Offset(1, "months")
    line = plan_line(
        [required("frss", "didactic", soon), required("clinician", "full")],
        firmness="aim",
        holds=[Hold("frss"), Hold("clinician")],
        hired_on=date(2026, 11, 30),
    )
    assert (line.portion, line.due_on) == ("full", date(2027, 5, 30))


def test_a_role_held_before_the_hire_counts_from_the_hire():
    line = plan_line(
        [required("frss")],
        firmness="aim",
        holds=[Hold("frss", date(2020, 1, 1))],
        hired_on=date(2026, 11, 30),
    )
    assert line.due_on == date(2027, 5, 30)


def test_an_explanation_survives_being_kept_as_data():
    line = plan_line(
        [Audience("frss", "required", "full", SIX_MONTHS, Offset(3, "months"))],
        firmness="deadline",
        holds=[Hold("frss")],
        hired_on=date(2026, 11, 30),
        pauses=[PauseDays(date(2026, 12, 20), date(2027, 1, 10))],
    )
    assert Why.from_data(line.why.as_data()) == line.why
    assert sentence(line.why, {"frss": "are an FRSS"}) == (
        "The full training is required because you are an FRSS. "
        "Due by 21 Jun 2027: 6 months after 30 Nov 2026, your hire date. "
        "Aim for 22 Mar 2027. Pauses moved it by 22 days."
    )


NOVEMBER = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], Progress.NOT_STARTED),
        (["waiting"], Progress.AWAITING),
        (["sent back"], Progress.SENT_BACK),
        (["signed"], Progress.COMPLETE),
        (["signed", "waiting"], Progress.AWAITING),
        (["sent back", "signed"], Progress.COMPLETE),
    ],
)
def test_progress_follows_the_newest_completion(states, expected):
    taken = [Taken(pk, NOVEMBER, "", state) for pk, state in enumerate(states)]
    assert reached(taken, "").progress == expected


def test_a_renewal_that_waits_keeps_the_earlier_date():
    taken = [
        Taken(1, date(2025, 11, 1), "", "signed"),
        Taken(2, date(2026, 11, 1), "", "waiting"),
    ]
    assert reached(taken, "").completed_on == date(2025, 11, 1)


def test_too_small_a_portion_does_not_count():
    taken = [Taken(1, NOVEMBER, "didactic", "signed")]
    assert reached(taken, "full").progress == Progress.NOT_STARTED


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(Progress.NOT_STARTED), Status.NOT_STARTED),
        (Line(Progress.NOT_STARTED, booked_on=NOVEMBER), Status.BOOKED),
        (Line(Progress.NOT_STARTED, waiting_since=NOVEMBER), Status.WAITING),
        (Line(Progress.IN_PROGRESS, introduced_on=NOVEMBER), Status.INTRODUCED),
        (Line(Progress.NOT_ENTERED), Status.NOT_ENTERED),
        (Line(Progress.NOT_STARTED, is_wanted=False), Status.NOT_REQUIRED),
        (Line(Progress.COMPLETE), Status.COMPLETE),
        (Line(Progress.COMPLETE, renewal_opens_on=NOVEMBER), Status.TIME_TO_RENEW),
        (
            Line(Progress.COMPLETE, renewal_opens_on=date(2026, 11, 24)),
            Status.TIME_TO_RENEW,
        ),
        (Line(Progress.COMPLETE, renewal_opens_on=date(2026, 11, 25)), Status.COMPLETE),
        (
            Line(Progress.COMPLETE, renewal_opens_on=NOVEMBER, booked_on=NOVEMBER),
            Status.BOOKED,
        ),
        (Line(Progress.AWAITING), Status.AWAITING),
        (Line(Progress.AWAITING, booked_on=NOVEMBER), Status.AWAITING),
        (Line(Progress.AWAITING, is_wanted=False), Status.AWAITING),
        (Line(Progress.SENT_BACK), Status.SENT_BACK),
        (Line(Progress.IN_PROGRESS), Status.IN_PROGRESS),
        (Line(Progress.COMPLETE, is_wanted=False), Status.COMPLETE),
        (Line(Progress.WAIVED), Status.WAIVED),
    ],
)
def test_what_the_screen_says(line, expected):
    assert status_of(line, date(2026, 11, 24)) == expected
