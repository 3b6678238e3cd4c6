"""What differs between two versions of a plan."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.management.commands.plan_preview import SECTIONS, first_plan
from competencies.rules import (
    Audience,
    Foreseen,
    Kind,
    Offset,
    Outline,
    Part,
    audience_sentence,
    details,
    diff,
    faults,
    foreseen_sentence,
    summary,
)
from lms.conf import conf
from lms.rules import read_pack

PACK = read_pack(conf.state_pack.read_text("utf-8"), SECTIONS)
NAMES = {"frss": "FRSS", "clinician": "Clinician", "supervisor": "Supervisor"}
PHASES = (("start", "Start"), ("later", "Later"))


def required(months: int, role: str | None = None, portion: str = "") -> Audience:
    return Audience(role, "required", portion, Offset(months, "months"))


def offered(role: str | None = None) -> Audience:
    return Audience(role, "recommended", "", Offset(1, "months"))


def part(code: str = "T-1", **values) -> Part:
    told = {"title": code, "phase": "start", "audiences": frozenset({required(3)})}
    return Part(code, **{**told, **values})


def outline(*parts: Part) -> Outline:
    return Outline(PHASES, parts)


def kinds(before: Part, after: Part) -> set[Kind]:
    changes = diff(outline(before), outline(after)).topics
    return set(changes[0].kinds) if changes else set()


offsets = st.builds(Offset, st.integers(0, 24), st.sampled_from(["days", "months"]))
audiences = st.frozensets(
    st.builds(
        Audience,
        st.sampled_from([None, *NAMES]),
        st.sampled_from(["required", "recommended"]),
        st.sampled_from(["", "didactic", "full"]),
        offsets,
        st.none() | offsets,
    ),
    max_size=4,
)
parts = st.builds(
    Part,
    code=st.sampled_from(["T-1", "T-2", "T-3", "T-4"]),
    title=st.just("A topic"),
    phase=st.sampled_from(["start", "later"]),
    audiences=audiences,
    firmness=st.sampled_from(["aim", "deadline"]),
    renewal=st.none() | offsets,
    is_signed=st.booleans(),
    is_before_families=st.booleans(),
)
outlines = st.builds(
    Outline,
    phases=st.permutations(PHASES).map(tuple),
    parts=st.lists(parts, unique_by=lambda each: each.code, max_size=4).map(tuple),
    checklist=st.lists(
        st.sampled_from([("a", "A"), ("b", "B")]), unique=True, max_size=2
    ).map(tuple),
)


@given(outlines)
def test_a_version_differs_in_nothing_from_itself(version):
    found = diff(version, version)
    assert not found
    assert found.topics == ()
    assert summary(found) == "Nothing differs"
    assert details(found, NAMES) == []


@given(outlines, outlines)
def test_what_came_one_way_goes_the_other(one, other):
    there, back = diff(one, other), diff(other, one)
    for kind, opposite in [
        (Kind.ADDED, Kind.REMOVED),
        (Kind.EARLIER, Kind.LATER),
        (Kind.REMOVED, Kind.ADDED),
        (Kind.LATER, Kind.EARLIER),
    ]:
        assert there.count(kind) == back.count(opposite)
    assert {each.code for each in there.topics} == {each.code for each in back.topics}
    assert there.phases_added == back.phases_removed
    assert there.checklist_added == back.checklist_removed
    assert there.is_reordered == back.is_reordered


@given(outlines, outlines)
def test_only_topics_that_differ_are_told(one, other):
    same = {each.code for each in one.parts} & {each.code for each in other.parts}
    told = {each.code for each in diff(one, other).topics}
    for code in same - told:
        old = next(each for each in one.parts if each.code == code)
        new = next(each for each in other.parts if each.code == code)
        assert old.phase == new.phase
        assert old.firmness == new.firmness
        assert old.is_signed == new.is_signed


@given(outlines, outlines)
def test_every_difference_has_a_sentence(one, other):
    found = diff(one, other)
    said = details(found, NAMES)
    assert all(title and phrases and all(phrases) for title, phrases in said)
    assert len(said) >= len(found.topics)


@given(audiences)
def test_the_audience_is_said_the_same_in_whatever_order_its_rows_stand(rows):
    there, back = sorted(rows, key=repr), sorted(rows, key=repr, reverse=True)
    assert audience_sentence(there, NAMES) == audience_sentence(back, NAMES)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"audiences": frozenset({required(2)})}, {Kind.EARLIER}),
        ({"audiences": frozenset({required(4)})}, {Kind.LATER}),
        ({"phase": "later"}, {Kind.LATER, Kind.PHASE}),
        ({"audiences": frozenset({required(3, "frss")})}, {Kind.ASKED, Kind.DATES}),
        ({"firmness": "deadline"}, {Kind.FIRMNESS}),
        ({"renewal": Offset(12, "months")}, {Kind.RENEWAL}),
        ({"renewal_notice_days": 30}, set()),
        ({"is_signed": False}, {Kind.SIGNED}),
        ({"is_before_families": True}, {Kind.FAMILIES}),
    ],
)
def test_in_what_a_topic_differs(changed, kind):
    assert kinds(part(), replace(part(), **changed)) == kind


def test_twenty_eight_days_are_less_than_a_month():
    days = Audience(None, "required", "", Offset(28, "days"))
    before, after = part(audiences=frozenset({required(1)})), part()
    assert kinds(before, replace(after, audiences=frozenset({days}))) == {Kind.EARLIER}


def test_the_summary_counts():
    before = outline(part("T-1"), part("T-2"))
    after = outline(
        replace(part("T-2"), audiences=frozenset({required(1)})),
        part("T-3"), part("T-4"), part("T-5"),
    )  # fmt: skip
    assert (
        summary(diff(before, after))
        == "3 topics added, 1 topic taken out, 1 moved earlier"
    )


def test_another_order_alone_is_a_difference():
    found = diff(outline(part("T-1"), part("T-2")), outline(part("T-2"), part("T-1")))
    assert (summary(found), found.topics) == ("another order", ())


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [offered(), required(3, "clinician"), required(3, "frss")],
            "Required for FRSS and Clinician, within 3 months of hire or of taking up "
            "the role; recommended for everyone else.",
        ),
        ([required(1)], "Required for everyone, within 1 month of hire."),
        ([offered()], "Recommended for everyone."),
        ([], "For nobody yet."),
        (
            [required(6, "clinician", "full"), required(6, "frss", "didactic")],
            "The didactic portion required for FRSS, within 6 months of hire or of "
            "taking up the role; the full training required for Clinician, within 6 "
            "months of hire or of taking up the role.",
        ),
        (
            [Audience("frss", "required", "", Offset(6, "months"), Offset(3, "months"))],
            "Required for FRSS, within 6 months of hire or of taking up the role, "
            "ideally within 3 months.",
        ),
    ],
)  # fmt: skip
def test_an_audience_in_words(rows, sentence):
    assert audience_sentence(rows, NAMES) == sentence


def test_every_row_of_the_starter_plan_can_be_said():
    names = {role["key"]: role["title"] for role in PACK.entries["roles"]}
    for row in first_plan(PACK):
        assert "For nobody" not in audience_sentence(row.audiences, names)


def test_of_the_whole_program_numbers_are_told():
    said = foreseen_sentence(Foreseen(214, 190, 1), is_statewide=True)
    assert said == (
        "214 people: the plan changes for 190; for 1 a date would already have passed."
    )


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_of_a_few_no_small_number_is_told(people, touched, passed):
    foreseen = Foreseen(people, min(people, touched), min(people, passed))
    said = foreseen_sentence(foreseen, is_statewide=False)
    if 0 < people < 5:
        assert said.startswith("Fewer than 5 people")
    told = {
        int(word)
        for word in said.replace(";", " ").replace(".", " ").split()
        if word.isdigit()
    }
    assert not told & {1, 2, 3, 4}


def test_what_stands_in_the_way_of_publishing():
    assert faults(Outline()) == ["There is no phase yet.", "There is no topic yet."]
    empty = replace(part(), audiences=frozenset())
    assert len(faults(outline(empty))) == 2
    assert faults(Outline(PHASES[:1], (part(),))) == []


def test_a_checklist_in_other_words_or_order_is_told():
    before = Outline(checklist=(("a", "A"), ("b", "B")), hints=(("a", ""), ("b", "")))
    other_title = replace(before, checklist=(("a", "A!"), ("b", "B")))
    other_hint = replace(before, hints=(("a", "Ask."), ("b", "")))
    other_order = replace(before, checklist=(("b", "B"), ("a", "A")))
    for after, told in [
        (other_title, ("A!", ["in other words on the checklist"])),
        (other_hint, ("A", ["in other words on the checklist"])),
        (other_order, ("Checklist", ["its entries stand in another order"])),
    ]:
        change = diff(before, after)
        assert summary(change) == "another checklist"
        assert details(change, NAMES) == [told]
    assert summary(diff(before, before)) == "Nothing differs"


def test_other_refreshers_in_turn_are_told():
    one, other = part(turns=("A", "B")), part(turns=("B", "A"))
    assert kinds(one, other) == {Kind.TURNS}
    change = diff(outline(one), outline(other))
    assert details(change, NAMES) == [("T-1", ["refreshers take turns: B · A"])]
    [(_title, said)] = details(diff(outline(one), outline(part())), NAMES)
    assert said == ["no refreshers take turns any more"]
