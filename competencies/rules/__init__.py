"""The rules of the plan as pure functions: no row is read here, no clock.

Who must take what (``obligations``), by when (``dates``), how a line stands
(``standing``), when it falls due again (``cycles``), what one topic is worth for
another (``equivalences``), how exactly a day is known (``histories``) and how it is
said (``days``), the sentences that explain a date (``explanations``), in what two
versions of a plan differ (``versions``), and what a training record from elsewhere
comes to (``training_lists``).
"""

from .audience_words import audience_sentence
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
from .days import day
from .equivalences import Equivalence, by_equivalence, is_begun
from .explanations import RenewalWhy, Why, renewal_sentence, sentence
from .histories import Noted, Precision, each_time, read_noted, topics_noted
from .obligations import Audience, Grant, Hold, grant
from .planning import Planned, plan_line
from .standing import (
    OPEN,
    Line,
    Progress,
    Reached,
    Status,
    Taken,
    covers,
    reached,
    status_of,
)
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
    asked_again_sentence,
    details,
    faults,
    foreseen_sentence,
    summary,
)
from .versions import Diff, Kind, Outline, Part, TopicChange, diff

__all__ = [
    "LONGEST",
    "NEEDED",
    "OPEN",
    "Audience",
    "Diff",
    "Employed",
    "Entry",
    "EntryVerdict",
    "Equivalence",
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
    "Renewal",
    "RenewalWhy",
    "RetakeOrder",
    "Somebody",
    "Status",
    "Taken",
    "TopicChange",
    "Why",
    "Yearly",
    "add",
    "anchored",
    "asked_again_sentence",
    "audience_sentence",
    "by_equivalence",
    "covers",
    "day",
    "details",
    "diff",
    "each_time",
    "fact_of",
    "faults",
    "first_fixed_day",
    "folded",
    "foreseen_sentence",
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
    "read_noted",
    "renew",
    "renewal_sentence",
    "sentence",
    "status_of",
    "summary",
    "topics_noted",
    "training_columns",
    "turn_of",
]
