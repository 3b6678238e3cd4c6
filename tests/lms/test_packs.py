"""A state writes one file; what is wrong with it is said line by line."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from lms.actions import pack_sections, read_state_pack
from lms.conf import conf
from lms.rules import (
    Address,
    Day,
    Fields,
    Hours,
    Key,
    Keys,
    Section,
    Several,
    Span,
    Text,
    Whole,
    YesNo,
    read_pack,
    write_pack,
)

MASSACHUSETTS = conf.state_pack.read_text("utf-8")
EXAMPLE = conf.example_pack.read_text("utf-8")
HARBOR = EXAMPLE.replace("#:", "").replace(
    "key: my-state\n  title: My program, My State",
    "key: harbor\n  title: Harbor State",
)
HEADER = "pack: {key: test, title: Test}\n"


def faults(text: str) -> list[str]:
    return [f"{each.line}: {each.says}" for each in read_state_pack(text).faults]


@pytest.mark.parametrize("text", [MASSACHUSETTS, EXAMPLE, HARBOR])
def test_the_packs_that_come_along_have_nothing_to_mend(text):
    file = read_state_pack(text)
    assert (file.faults, file.left_out) == ([], [])


def test_the_example_is_empty_and_its_comments_show_every_section():
    empty, shown = read_state_pack(EXAMPLE).entries, read_state_pack(HARBOR).entries
    assert not any(empty.values())
    assert all(shown.values())
    assert set(shown) == {each.key for each in pack_sections()}


@pytest.mark.parametrize("text", [MASSACHUSETTS, EXAMPLE, HARBOR])
def test_what_is_written_is_read_as_the_same_to_the_byte(text):
    file = read_state_pack(text)
    written = write_pack(file.header, file.entries)
    again = read_state_pack(written)
    assert (again.header, again.entries) == (file.header, file.entries)
    assert write_pack(again.header, again.entries) == written


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1
).filter(lambda text: text.strip() == text)
entries = st.fixed_dictionaries(
    {"key": st.from_regex(r"\A[a-z0-9_-]{1,20}\Z")},
    optional={
        "text": words.filter(lambda text: len(text) <= 200),
        "flag": st.just(value=True),
        "number": st.integers(1, 10000),
        "hours": st.integers(1, 9900)
        .map(lambda n: n / 100)
        .map(lambda hours: int(hours) if hours.is_integer() else hours),
        "span": st.builds("{} months".format, st.integers(2, 120)),
        "day": st.dates().map(datetime.date.isoformat),
        "keys": st.sets(st.from_regex(r"\A[a-z0-9_-]{1,9}\Z"), min_size=1).map(sorted),
        "rows": st.lists(
            st.fixed_dictionaries({"text": words.filter(lambda t: len(t) <= 200)}),
            min_size=1,
        ),
    },
)
THINGS = Section(
    "things",
    Fields(
        {
            "key": Key(),
            "text": Text(),
            "flag": YesNo(),
            "number": Whole(),
            "hours": Hours(),
            "span": Span(),
            "day": Day(),
            "keys": Keys(of=Key()),
            "rows": Several(of=Fields({"text": Text(is_needed=True)})),
        }
    ),
)


@given(st.lists(entries, unique_by=lambda entry: entry["key"]))
def test_whatever_a_pack_says_comes_back_the_same(rows):
    written = write_pack({"key": "x", "title": "X"}, {"things": rows})
    file = read_pack(written, [THINGS])
    assert file.faults == []
    assert file.entries["things"] == rows
    once = write_pack(file.header, file.entries)
    again = read_pack(once, [THINGS])
    assert write_pack(again.header, again.entries) == once


@given(st.text())
def test_whatever_is_in_the_file_is_answered_with_lines(text):
    for each in read_state_pack(text).faults:
        assert 1 <= each.line <= text.count("\n") + 2
        assert each.says


ROLE = "roles:\n- {key: a, title: A, kind: is, reason: are A}\n"
TOPIC = "topics:\n- {code: T, title: T}\n"
PHASES = "  phases: [{key: p, title: P, short_title: P}]\n"


def plan(requirement: str, phases: str = PHASES) -> str:
    return (
        f"{HEADER}{TOPIC}plans:\n- key: k\n  title: K\n{phases}"
        f"  requirements:\n  - {requirement}\n"
    )


ONE = "{topic: T, phase: p, audiences: [{obligation: required, within: 3 months}]}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "1: A pack begins with a line “pack:”."),
        ("- a", "1: A pack begins with a line “pack:”."),
        ("names: []", "1: “pack” is missing. Add a line “pack: …”."),
        ("pack: {key: a}", "1: “title” is missing. Add a line “title: …”."),
        ("pack: {key: a b, title: A}", "1: “key”: “a b” is no key. Use letters, digits, "
         "- and _, as in “first-aid”."),
        (HEADER + "names: soon", "2: “names” is a list: one line for each, beginning "
         "with “- ”."),
        (HEADER + "names: [soon]", "2: Here stand fields, each as “name: value”: key, "
         "title."),
        (HEADER + "nmaes: []", "2: “nmaes” is not known here. Did you mean “names”?"),
        (HEADER + ROLE + "  titel: B", "4: This cannot be read as YAML: "),
        (HEADER + "roles:\n- key: a\n  titel: A\n  kind: is\n  reason: x",
         "3: “title” is missing. Add a line “title: …”."),
        (HEADER + "roles:\n- key: a\n  titel: A\n  kind: is\n  reason: x",
         "4: “titel” is not known here. Did you mean “title”?"),
        (HEADER + "roles:\n- key: a\n  title: A\n  kind: was\n  reason: x",
         "5: “kind”: “was” is none of is, does."),
        (HEADER + "roles:\n- key: a\n  title: A\n  title: B\n  kind: is\n  reason: x",
         "5: “title” stands twice here."),
        (HEADER + "roles:\n- key: a\n  title: [A, B]\n  kind: is\n  reason: x",
         "4: “title” takes one value."),
        (HEADER + "names:\n- {key: a, title: A}\n- {key: a, title: B}",
         "4: “a” stands twice under “names”."),
        (HEADER + f"names:\n- {{key: a, title: {'x' * 201}}}",
         "3: “title”: 201 characters are too many. Say it in 200."),
        (HEADER + "names:\n- {key: a, title: &x A}\n- {key: b, title: *x}",
         "4: Signs like *this are not read. Write it out."),
        (HEADER + "names:\n- {key: a, title: \x07}", "3: A character here cannot be read"),
        (HEADER + "names: " + "[" * 40, "2: This is nested too deep."),
        (HEADER + "? [a]\n: b", "2: “?” is not known here."),
        (HEADER + "names:\n\t- a", "3: This cannot be read as YAML: "),
        ("pack: {}\n---\npack: {}", "2: This cannot be read as YAML: "),
        (HEADER + "helplines:\n- {key: a, title: A, phone: 1, answered_by: dcf}",
         "3: “dcf” does not stand under “names”. Add it there."),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: live, topics: []}",
         "5: “topics” needs at least 1."),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: live, topics: "
         "[{topic: T}], hours: 0}", "5: “hours”: “0” are no hours. Write them like 6"),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: live, topics: "
         "[{topic: T}], minutes: 0}", "5: “minutes”: 0 is not between 1 and 10000."),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: live, topics: "
         "[{topic: T}], sign_up_url: www.a.org}", "5: “sign_up_url”: “www.a.org” is no "
         "address. It begins with https://"),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: module, topics: "
         "[{topic: T}], minutes: 5}", "5: The minutes of a module stand on its page."),
        (HEADER + TOPIC + "trainings:\n- {key: a, title: A, kind: live, topics: "
         "[{topic: T}, {topic: T}]}", "5: “T” stands twice in this training."),
        (plan(ONE, "  phases: []\n"), "7: “phases” needs at least 1."),
        (plan(ONE, ""), "5: “phases” is missing. Add a line “phases: …”."),
        (plan(ONE.replace("p,", "q,")), "9: “q” is none of its phases: p."),
        (plan(ONE.replace("T,", "U,")), "9: “U” does not stand under “topics”."),
        (plan(f"{ONE}\n  - {ONE}"), "10: “T” stands twice in this plan. Once is enough."),
        (plan(ONE.replace("3 months", "0 months")),
         "9: “within”: “0 months” is not between 1 month and 120 months."),
        (plan(ONE.replace("3 months", "1000 months")),
         "9: “within”: “1000 months” is not between 1 month and 120 months."),
        (plan(ONE.replace("3 months", "soon")),
         "9: “within”: “soon” is no span. Write “28 days” or “3 months”."),
        (plan(ONE.replace("3 months", "3 months, aim: 1 month")),
         "9: “within” is the aim here. Add “firmness: deadline”, or drop “aim”."),
        (plan(ONE.replace("phase: p", "phase: p, firmness: deadline").replace(
            "3 months", "3 months, aim: 100 days")), "9: The aim lies after the deadline."),
        (plan(ONE.replace("required", "required, role: a")),
         "9: “a” does not stand under “roles”. Add it there."),
        (plan(ONE.replace("}]}", "}], turns: [{training: x}]}")),
         "9: “x” does not stand under “trainings”. Add it there."),
        (plan(ONE.replace("}]}", "}], turns: [x]}")),
         "9: Here stand fields, each as “name: value”: training."),
        (plan(ONE.replace("}]}", "}], turns: [{training: t}, {training: t}]}"))
         + "trainings:\n- {key: t, title: T, kind: live, topics: [{topic: T}]}",
         "9: “t” has a turn already."),
        (HEADER + TOPIC + "equivalences:\n- {key: e, topic: T, parts: []}",
         "5: “parts” needs at least 1."),
        (HEADER + TOPIC + "equivalences:\n- {key: e, topic: T, parts: [T]}",
         "5: “T” cannot stand for itself."),
        (HEADER + TOPIC + "equivalences:\n- {key: e, topic: T, parts: [U]}",
         "5: “U” does not stand under “topics”. Add it there."),
        (HEADER + TOPIC + "equivalences:\n- {key: e, topic: T, parts: [U, U]}",
         "5: “U” stands twice here."),
        (HEADER + TOPIC + "equivalences:\n- key: e\n  topic: T\n  parts: ['']",
         "7: “0”: “” is no key."),
        (HEADER + TOPIC + "retakes:\n- key: r\n  topic: T\n  from: soon\n  within: 2 months",
         "7: “from”: “soon” is no day. Write it like 2027-01-31."),
        (HEADER + TOPIC + "retakes:\n- key: r\n  topic: T\n  from: 2027-02-30\n  within: 1 day",
         "7: “from”: “2027-02-30” is no day."),
        (HEADER + TOPIC + "retakes:\n- {key: r, topic: T, from: 2027-01-01}",
         "5: “within” is missing. Add a line “within: …”."),
        (HEADER + TOPIC + "retakes:\n- {key: r, topic: T, from: 2027-01-01, within: 1 day, "
         "roles: [frss]}", "5: “frss” does not stand under “roles”. Add it there."),
        (plan(ONE) + "awards:\n- {key: a, title: A, phase: q}",
         "11: “q” does not stand under “phases”. Add it there."),
        (plan(ONE, PHASES.replace("key: p", "key: first")).replace("phase: p", "phase: first")
         + "awards:\n- {key: a, title: A, phase: frist}",
         "11: “frist” does not stand under “phases”. Did you mean “first”?"),
        (plan(ONE.replace("phase: p", "phase: p, signed: maybe")),
         "9: “signed”: “maybe” is neither true nor false."),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_line_and_how_to_mend_it(text, says):
    assert any(each.startswith(says) for each in faults(text)), faults(text)


def test_every_fault_is_named_at_once_and_in_order():
    found = faults(HEADER + "names:\n- {key: a}\n- {key: b, titel: B}\nroles: x\n")
    assert [each.partition(":")[0] for each in found] == ["3", "4", "4", "5"]


def test_what_belongs_to_no_installed_app_is_left_out_and_said():
    file = read_state_pack(HEADER + "targets: [{weekly: 60}]\n")
    assert file.faults == []
    [left] = file.left_out
    assert (left.line, left.says[:24]) == (2, "“targets” is not known h")


def run(*arguments: object) -> tuple[str, str, int]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("pack", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        code = stopped.code
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "my-state.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_validate_says_the_file_and_the_line(write):
    path = write(HEADER + "names:\n- {key: a}\n")
    out, err, code = run("validate", path)
    assert (out, code) == ("", 1)
    assert f"{path}, line 3: “title” is missing." in err
    assert "Places to mend: 1." in err


def test_validate_is_content_with_the_example_it_prints(write):
    example, _err, _code = run("example")
    out, err, code = run("validate", write(example))
    assert (err, code) == ("", 0)
    assert "nothing to mend" in out


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be read: No such file"), (b"\xff\xfe", "is no UTF-8 text")],
)
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path, content, says):
    path = tmp_path / "pack.yaml"
    if content:
        path.write_bytes(content)
    for act in ("validate", "load"):
        _out, err, code = run(act, path)
        assert says in err
        assert code == 1


@pytest.mark.parametrize("command", [["load_starter"], ["plan_preview", "--role=frss"]])
def test_a_program_set_to_a_pack_with_faults_is_told_in_a_sentence(
    settings, write, command, db
):
    settings.LMS_STATE_PACK = str(write("names: []"))
    with pytest.raises(
        CommandError, match=r"“pack” is missing|manage.py pack validate"
    ):
        call_command(*command)


def test_an_address_needs_a_host():
    section = Section("things", Fields({"key": Key(), "at": Address()}))
    file = read_pack(HEADER + "things: [{key: a, at: 'https://'}]", [section])
    assert "begins with https://" in file.faults[0].says
