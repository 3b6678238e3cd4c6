"""The rules of the plan as pure functions: no row is read here, no clock.

Who must take what (``obligations``), by when (``dates``), how a line stands
(``standing``), and the sentences that explain a date (``explanations``).
"""

from .dates import Offset, PauseDays, add, anchored, moved_by_pauses
from .explanations import Why, day, sentence
from .obligations import Audience, Grant, Hold, grant
from .planning import Planned, plan_line
from .standing import Line, Progress, Reached, Status, Taken, covers, reached, status_of

__all__ = [
    "Audience",
    "Grant",
    "Hold",
    "Line",
    "Offset",
    "PauseDays",
    "Planned",
    "Progress",
    "Reached",
    "Status",
    "Taken",
    "Why",
    "add",
    "anchored",
    "covers",
    "day",
    "grant",
    "moved_by_pauses",
    "plan_line",
    "reached",
    "sentence",
    "status_of",
]
