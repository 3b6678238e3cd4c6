"""The rules of the hub as pure functions: no row is read here, no clock.

What a cell of a list says (``cells``), what a list of staff says (``staff_lists``), and
what each of its lines comes to beside what is known already (``staff_verdicts``).
"""

from .cells import (
    Column,
    NotUnderstood,
    address,
    day,
    found_in,
    heading,
    listed,
    number,
    plain,
    understand,
    words,
)
from .staff_lists import (
    COLUMNS,
    EMPLOYMENT,
    PERSON,
    Kind,
    Known,
    Line,
    Roster,
    Verdict,
    columns_of,
    keys_of,
    read_line,
)
from .staff_verdicts import judge, person_named

__all__ = [
    "COLUMNS",
    "EMPLOYMENT",
    "PERSON",
    "Column",
    "Kind",
    "Known",
    "Line",
    "NotUnderstood",
    "Roster",
    "Verdict",
    "address",
    "columns_of",
    "day",
    "found_in",
    "heading",
    "judge",
    "keys_of",
    "listed",
    "number",
    "person_named",
    "plain",
    "read_line",
    "understand",
    "words",
]
