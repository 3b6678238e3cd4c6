"""The sections of a state pack that this room reads: what supervision may be about,
how much of it there should be, what outside bodies count of it, and what to shadow."""

import datetime
from dataclasses import dataclass

from lms.rules import (
    Fields,
    Hours,
    Key,
    NotRight,
    Section,
    Text,
    Whole,
    YesNo,
)


@dataclass(frozen=True, kw_only=True)
class Day(Text):
    """A day, written like 2026-11-24."""

    def understand(self, text: str) -> str:
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            raise NotRight(f"“{text}” is no day. Write it like 2026-11-24.") from None


THEMES = Section(
    "supervision_themes",
    Fields(
        {
            "key": Key(),
            "kind": Text(is_needed=True, choices=("theme", "component")),
            "title": Text(is_needed=True, most=100),
        }
    ),
)

TARGETS = Section(
    "supervision_targets",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=100),
            "role": Text(refers_to="roles"),
            "minutes": Whole(is_needed=True, most=2400),
            "per": Text(is_needed=True, choices=("week", "month")),
            "format": Text(choices=("", "individual", "group")),
            "occasion": Text(choices=("", "planned", "on_demand")),
            "mode": Text(choices=("", "in_person", "video", "phone")),
            "purpose": Text(choices=("", "reflective", "administrative", "clinical")),
            "pro_rated": YesNo(),
            "source": Text(),
        }
    ),
)

CREDIT_RULES = Section(
    "credit_rules",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=150),
            "body": Text(is_needed=True, most=150),
            "hours": Hours(),
            "format": Text(choices=("", "individual", "group")),
            "purpose": Text(choices=("", "reflective", "administrative", "clinical")),
            "within_months": Whole(most=240),
            "at_least_months": Whole(most=240),
            "majority_from_one": YesNo(),
            "other_supervisors": Whole(least=0, most=20),
            "confirmed_by_both": YesNo(),
            "also_needs": Text(most=300),
            "source": Text(is_needed=True, most=300),
            "last_checked": Day(is_needed=True),
            "ask": Text(most=300),
        }
    ),
)

SUGGESTIONS = Section(
    "suggestions",
    Fields(
        {
            "key": Key(),
            "kind": Text(
                is_needed=True, choices=("activity", "contact", "purpose", "monday")
            ),
            "title": Text(is_needed=True, most=200),
            "hint": Text(most=500),
        }
    ),
)
