"""What the table gives each of the cast, read without any of the product's code.

``TO`` says by hand how everybody stands: to Lena's records at Northside, to Otto's at
Eastside, and to what is about nobody ("the program").
"""

import csv
from pathlib import Path

HERE = Path(__file__).parent
WHO = ["anon", "lena", "sam", "ben", "dina", "tia", "pat", "ada", "olu", "abe", "root"]
HAVE_A_PLAN = {"lena", "sam", "ben", "dina", "olu"}
PUBLIC = {who: {"public"} for who in ("anon", "root")}
SIGNED_IN = {"public", "everyone signed in"}
TO = {
    "lena": {
        "lena": {"own"},
        "sam": {"supervisor:plan"},
        "ben": {"backup:plan"},
        "dina": {"director"},
    },
    "otto": {"olu": {"supervisor:plan"}, "abe": {"director"}},
    "oneself": {who: {"own"} for who in HAVE_A_PLAN},
    "themselves": {who: {"own"} for who in WHO if who not in ("anon", "root")},
    "the program": {
        **PUBLIC,
        **dict.fromkeys(["lena", "sam", "ben", "olu"], SIGNED_IN),
        "dina": SIGNED_IN | {"director"},
        "abe": SIGNED_IN | {"director"},
        "tia": SIGNED_IN | {"tta"},
        "ada": SIGNED_IN | {"system administrator"},
        "pat": {"public", "partner"},
    },
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


TABLE = rows_of(HERE.parent / "lms" / "permissions.csv")


def given(
    resource: str, act: str, relations: set[str], states: set[str] = frozenset()
) -> set[str]:
    """The parts that the table gives whoever stands so, in these states."""
    return {
        part
        for row in TABLE
        if (row["resource"], row["act"]) == (resource, act)
        and row["relation"] in relations
        and row["state"] in {"any", *states}
        for part in row["scope"].split("+")
    }
