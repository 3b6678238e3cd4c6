"""Everything that changes shadowing visits and what people keep of their wellness.

Keyword-only, atomic, given the acting person and the time.
"""

from .checkins import (
    EXPIRING,
    check_in,
    save_vision,
    share_check_in,
    turn_off,
    turn_on,
)
from .shadowing import confirm_visit, note_visit, redact_visit
from .suggestions import SUGGESTION_SECTION

__all__ = [
    "EXPIRING",
    "SUGGESTION_SECTION",
    "check_in",
    "confirm_visit",
    "note_visit",
    "redact_visit",
    "save_vision",
    "share_check_in",
    "turn_off",
    "turn_on",
]
