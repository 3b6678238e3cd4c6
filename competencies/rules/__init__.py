"""The rules of the plan as pure functions: no row is read here, no clock.

Who must take what (``obligations``), by when (``dates``), how a line stands
(``standing``), the sentences that explain XX
"""

from .dates import Offset, PauseDays, add, anchored, moved_by_pauses
from .explanations import Why, day, sentence
from .histories import Noted, Precision, read_noted
from .obligations import Audience, Grant, Hold, grant
from .planning import Planned, plan_line
from .standing import Line, Progress, Reached, Status, Taken, covers, reached, status_of
from .training_lists import (
    NEEDED,
    Entry,
    EntryVerdict,
    Fact,
    Meant,
    Somebody,
    fact_of,
    folded,
    judge_entries,
    read_entry,
    training_columns,
)

__all__ = [
    "NEEDED",
    "Audience",
    "Entry",
    "EntryVerdict",
    "Fact",
    "Grant",
    "Hold",
    "Line",
    "Meant",
    "Noted",
    "Offset",
    "PauseDays",
    "Planned",
    "Precision",
    "Progress",
    "Reached",
    "Somebody",
    "Status",
    "Taken",
    "Why",
    "add",
    "anchored",
    "covers",
    "day",
    "fact_of",
    "folded",
    "grant",
    "judge_entries",
    "moved_by_pauses",
    "plan_line",
    "reached",
    "read_entry",
    "read_noted",
    "sentence",
    "status_of",
    "training_columns",
]
