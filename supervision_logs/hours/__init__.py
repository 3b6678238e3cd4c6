"""Counting supervision, as pure functions: no row is read here, no clock.

Minutes are whole numbers that somebody said; they are never worked out from a clock, so
neither change of the clocks makes an hour of 60 minutes longer or shorter. Which day,
which month, what two people confirm (``statements``); what a target asks for and what
each week has of it (``coverage``); what sessions come to (``totals``), and what an
outside body counts of them (``credit``).
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
from .credit import (
    Credit,
    Recorded,
    Rule,
    Verdict,
    WhyNot,
    credit,
    months_after,
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
    "Credit",
    "Difference",
    "Held",
    "Line",
    "Missed",
    "Period",
    "Recorded",
    "Rule",
    "State",
    "Statement",
    "Times",
    "Totals",
    "Verdict",
    "WhyNot",
    "Work",
    "cover",
    "credit",
    "differences",
    "empty_in_a_row",
    "last_on",
    "month_before",
    "month_of",
    "months_after",
    "next_month",
    "next_on",
    "origin_of",
    "periods_of",
    "read",
    "share_of",
    "totals",
    "written",
]
