"""What sessions come to: every grouping of them adds up to the same minutes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .coverage import Held

UNSPLIT = ""


@dataclass
class Totals:
    """Minutes in all, and by what; ``by_purpose`` has what nobody split under ""."""

    sessions: int = 0
    weeks: int = 0
    minutes: int = 0
    by_format: Counter = field(default_factory=Counter)
    by_occasion: Counter = field(default_factory=Counter)
    by_mode: Counter = field(default_factory=Counter)
    by_purpose: Counter = field(default_factory=Counter)


def totals(sessions: Iterable[Held]) -> Totals:
    found, weeks = Totals(), set()
    for each in sessions:
        found.sessions += 1
        found.minutes += each.minutes
        weeks.add(each.held_on.isocalendar()[:2])
        found.by_format[each.format] += each.minutes
        found.by_occasion[each.occasion] += each.minutes
        found.by_mode[each.mode] += each.minutes
        split = {name: minutes for name, minutes in each.purposes.items() if minutes}
        found.by_purpose.update(split)
        if rest := each.minutes - sum(split.values()):
            found.by_purpose[UNSPLIT] += rest
    found.weeks = len(weeks)
    return found
