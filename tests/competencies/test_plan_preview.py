import json
import os
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
KEYS = ["code", "title", "phase", "obligation", "portion", "firmness", "date", "why"]


def preview(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("plan_preview", *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def by_code(rows: list[dict]) -> dict[str, dict]:
    return {row["code"]: row for row in rows}


def test_an_frss_has_thirty_eight_topics_in_four_phases():
    rows = preview("--role", "frss", "--hired", "2026-11-30")
    phases = Counter(row["phase"] for row in rows)
    assert list(phases.items()) == [
        ("orientation", 13),
        ("three_months", 14),
        ("six_months", 5),
        ("first_year", 6),
    ]
    assert Counter(row["obligation"] for row in rows) == {
        "required": 35,
        "recommended": 3,
    }
    assert all(list(row) == KEYS for row in rows)


def test_dates_of_an_frss_are_those_of_the_calendar():
    rows = by_code(preview("--role", "frss", "--hired", "2026-11-30"))
    assert rows["OB-01"]["date"] == "2026-12-28"
    assert rows["M3-01"]["date"] == "2027-02-28"
    assert rows["M6-01"]["date"] == "2027-05-30"
    assert rows["Y1-06"]["date"] == "2027-11-30"
    assert (rows["M3-02"]["firmness"], rows["M3-02"]["date"]) == (
        "deadline",
        "2027-05-30",
    )
    assert "Aim for 28 Feb 2027." in rows["M3-02"]["why"]
    assert rows["M6-04"]["portion"] == "didactic"
    assert rows["M3-03"]["date"] is None


def test_a_supervisor_has_two_topics_more():
    rows = by_code(preview("--role", "supervisor", "--hired", "2026-11-30"))
    assert len(rows) == 40
    assert rows["RC-01"]["firmness"] == rows["RC-02"]["firmness"] == "deadline"
    assert rows["M6-05"]["obligation"] == "required"


def test_a_clinician_who_also_supervises_takes_the_full_training_once():
    rows = preview(
        "--role", "clinician", "--role", "provides-supervision", "--hired", "2026-11-30"
    )
    [mothering] = [row for row in rows if row["code"] == "M6-04"]
    assert mothering["portion"] == "full"
    assert by_code(rows)["M3-14"]["obligation"] == "required"


def test_a_pause_moves_dates_by_both_its_days():
    arguments = ["--role", "frss", "--hired", "2026-11-30"]
    rows = by_code(preview(*arguments, "--pause", "2026-12-20:2027-01-10"))
    assert rows["OB-01"]["date"] == "2027-01-19"
    assert rows["M3-01"]["date"] == "2027-03-22"


def test_a_clinician_takes_the_full_training_of_mothering_from_the_inside_out():
    rows = by_code(preview("--role", "clinician", "--hired", "2026-11-30"))
    assert (rows["M6-04"]["portion"], rows["M6-04"]["obligation"]) == (
        "full",
        "required",
    )


def test_a_role_taken_up_later_brings_its_own_dates():
    before = by_code(preview("--role", "frss", "--hired", "2026-11-30"))
    rows = by_code(
        preview(
            "--role", "frss", "--role", "supervisor:2027-02-01", "--hired", "2026-11-30"
        )
    )
    assert len(rows) == 40
    assert {code: rows[code]["date"] for code in before if before[code]["date"]} == {
        code: row["date"] for code, row in before.items() if row["date"]
    }
    assert "1 Feb 2027, when you took up that role" in rows["RC-01"]["why"]


def test_without_a_hire_date_the_dates_wait():
    rows = preview("--role", "frss")
    assert {row["date"] for row in rows} == {None}
    assert "waits for your hire date" in rows[0]["why"]


def test_a_pause_that_is_open_holds_the_dates_behind_it():
    rows = by_code(
        preview("--role", "frss", "--hired", "2026-11-30", "--pause", "2027-01-01")
    )
    assert rows["OB-01"]["date"] == "2026-12-28"
    assert rows["M3-01"]["date"] is None
    assert "waits until your pause ends" in rows["M3-01"]["why"]


def test_the_text_for_people_says_the_same():
    out = StringIO()
    call_command("plan_preview", "--role", "frss", "--hired", "2026-11-30", stdout=out)
    assert "OB-01  2026-12-28   Language as Advocacy" in out.getvalue()
    assert "open to you" in out.getvalue()


def run(*arguments: str) -> subprocess.CompletedProcess:
    """The command as one types it, where there is no database to ask."""
    return subprocess.run(
        [sys.executable, "manage.py", "plan_preview", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings_of_a_second_process",
            "SECOND_PROCESS_DATABASE": "/nowhere/at-all",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_asks_no_database():
    done = run("--role", "frss", "--hired", "2026-11-30", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == 38


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--role", "pilot"], "“pilot” is not a role. Choose: "),
        (["--role", "frss:soon"], "“soon” is not a date like 2026-11-30."),
        (["--role", "frss", "--hired", "30.11.2026"], "“30.11.2026” is not a date"),
        (["--role", "frss", "--hired", "2026-02-30"], "“2026-02-30” is not a date"),
        (["--role", "frss", "--pause", "soon"], "“soon” is not a date"),
        (
            ["--role", "frss", "--pause", "2027-01-10:2026-12-20"],
            "ends before it starts.",
        ),
        ([], "required: --role"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(capsys, arguments, sentence):
    with pytest.raises((CommandError, SystemExit)) as refused:
        call_command("plan_preview", *arguments)
    assert sentence in str(refused.value) + capsys.readouterr().err


def test_typed_by_hand_a_refusal_is_a_sentence_and_no_traceback():
    done = run("--role", "pilot")
    assert done.returncode == 2
    assert "is not a role" in done.stderr
    assert "Traceback" not in done.stderr
