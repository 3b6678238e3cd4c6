"""Counting supervision, as pure functions: no row is read here, no clock.

Minutes are whole numbers that somebody said; they are never worked out from a clock, so
neither change of the clocks makes an hour of 60 minutes longer or shorter. Which day,
which month, what two people confirm (``statements``); what a target asks for and what
each week has of it (``coverage``).
"""

from .coverage import (
    Aim,
    Held,
    Missed,
    Period,
    State,
    Times,
    Work,
    cover,
    empty_in_a_row,
    periods_of,
    share_of,
)
from .statements import (
    BACK_ENTRY,
    Difference,
    Line,
    Statement,
    differences,
    last_on,
    month_before,
    month_of,
    next_month,
    next_on,
    origin_of,
    read,
    written,
)
from .totals import UNSPLIT, Totals, totals

__all__ = [
    "BACK_ENTRY",
    "UNSPLIT",
    "Aim",
    "Difference",
    "Held",
    "Line",
    "Missed",
    "Period",
    "State",
    "Statement",
    "Times",
    "Totals",
    "Work",
    "cover",
    "differences",
    "empty_in_a_row",
    "last_on",
    "month_before",
    "month_of",
    "next_month",
    "next_on",
    "origin_of",
    "periods_of",
    "read",
    "share_of",
    "totals",
    "written",
]
