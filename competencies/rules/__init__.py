"""The rules of the plan as pure functions: no row is read here, no clock.

Who must take what (``obligations``), by when (``dates``), how a line stands
(``standing``), the sentences that explain a date (``explanations``), in what two
versions of a plan differ (``versions``), and what a training record from elsewhere
comes to (``training_lists``).
(``standing``), the sentences that explain XX
"""

from .audience_words import audience_sentence
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
from .version_sentences import (
    Foreseen,
    details,
    faults,
    foreseen_sentence,
    summary,
)
from .versions import Diff, Kind, Outline, Part, TopicChange, diff

__all__ = [
    "NEEDED",
    "Audience",
    "Diff",
    "Entry",
    "EntryVerdict",
    "Fact",
    "Foreseen",
    "Grant",
    "Hold",
    "Kind",
    "Line",
    "Meant",
    "Noted",
    "Offset",
    "Outline",
    "Part",
    "PauseDays",
    "Planned",
    "Precision",
    "Progress",
    "Reached",
    "Somebody",
    "Status",
    "Taken",
    "TopicChange",
    "Why",
    "add",
    "anchored",
    "audience_sentence",
    "covers",
    "day",
    "details",
    "diff",
    "fact_of",
    "faults",
    "folded",
    "foreseen_sentence",
    "grant",
    "judge_entries",
    "moved_by_pauses",
    "plan_line",
    "reached",
    "read_entry",
    "read_noted",
    "sentence",
    "status_of",
    "summary",
    "training_columns",
]
