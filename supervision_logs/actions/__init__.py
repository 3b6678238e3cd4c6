"""Everything that changes sessions, months, visits and what people keep for themselves.

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
from .loading import PACK_SECTIONS
from .our_hour import ask_for_time, set_standing_hour
from .outside import (
    OUTSIDE_LINK,
    ask_outside,
    asked_by,
    confirm_from_outside,
    mail_from_outbox,
)
from .sessions import Told, amend_session, log_session, remark, settle_time_asked
from .shadowing import confirm_visit, note_visit, redact_visit
from .statements import confirm_statement
from .suggestions import SUGGESTION_SECTION

__all__ = [
    "EXPIRING",
    "OUTSIDE_LINK",
    "PACK_SECTIONS",
    "SUGGESTION_SECTION",
    "Told",
    "amend_session",
    "ask_for_time",
    "ask_outside",
    "asked_by",
    "check_in",
    "confirm_from_outside",
    "confirm_statement",
    "confirm_visit",
    "log_session",
    "mail_from_outbox",
    "note_visit",
    "redact_visit",
    "remark",
    "save_vision",
    "set_standing_hour",
    "settle_time_asked",
    "share_check_in",
    "turn_off",
    "turn_on",
]
