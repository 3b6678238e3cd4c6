"""The rules of the hub as pure functions: no row is read here, no clock.

What a cell of a list says (``cells``), what a list of staff says (``staff_lists``), and
what each of its lines comes to beside what is known already (``staff_verdicts``).
What a state pack may hold (``pack_shapes``), how it is read and written
(``pack_files``), and which of its sections are the hub's (``packs``).
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
from .pack_files import Entry, PackFile, Section, read_pack, write_pack
from .pack_shapes import (
    Address,
    Day,
    Fault,
    Fields,
    Hours,
    Key,
    Keys,
    Path,
    Several,
    Span,
    Text,
    Whole,
    YesNo,
)
from .packs import HELPLINES, NAMES, ROLES
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
    "HELPLINES",
    "NAMES",
    "PERSON",
    "ROLES",
    "Address",
    "Column",
    "Day",
    "Entry",
    "Fault",
    "Fields",
    "Hours",
    "Key",
    "Keys",
    "Kind",
    "Known",
    "Line",
    "NotUnderstood",
    "PackFile",
    "Path",
    "Roster",
    "Section",
    "Several",
    "Span",
    "Text",
    "Verdict",
    "Whole",
    "YesNo",
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
    "read_pack",
    "understand",
    "words",
    "write_pack",
]
