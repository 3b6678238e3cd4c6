"""The rules of the plan as pure functions: no row is read here, no clock.

Who must take what (``obligations``), by when (``dates``), how a line stands
(``standing``), when it falls due again (``cycles``), what one topic is worth for
another (``equivalences``), the sentences that explain a date (``explanations``), and
what a training record from elsewhere comes to (``training_lists``).
"""

from .cycles import (
    Employed,
    Renewal,
    RetakeOrder,
    Yearly,
    first_fixed_day,
    next_fixed_day,
    renew,
    turn_of,
)
from .dates import (
    LONGEST,
    Offset,
    PauseDays,
    add,
    anchored,
    is_day_of_a_year,
    moved_by_pauses,
    out_of_pauses,
)
from .equivalences import Equivalence, by_equivalence, is_begun
from .explanations import RenewalWhy, Why, day, renewal_sentence, sentence
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
    "LONGEST",
    "NEEDED",
    "Audience",
    "Employed",
    "Entry",
    "EntryVerdict",
    "Equivalence",
    "Fact",
    "Grant",
    "Hold",
    "Line",
    "Meant",
    "Offset",
    "PauseDays",
    "Planned",
    "Progress",
    "Reached",
    "Renewal",
    "RenewalWhy",
    "RetakeOrder",
    "Somebody",
    "Status",
    "Taken",
    "Why",
    "Yearly",
    "add",
    "anchored",
    "by_equivalence",
    "covers",
    "day",
    "fact_of",
    "first_fixed_day",
    "folded",
    "grant",
    "is_begun",
    "is_day_of_a_year",
    "judge_entries",
    "moved_by_pauses",
    "next_fixed_day",
    "out_of_pauses",
    "plan_line",
    "reached",
    "read_entry",
    "renew",
    "renewal_sentence",
    "sentence",
    "status_of",
    "training_columns",
    "turn_of",
]
