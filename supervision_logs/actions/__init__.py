"""Everything that changes sessions, months and what two people keep for their hour.

Keyword-only, atomic, given the acting person and the time.
"""

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
from .statements import confirm_statement

__all__ = [
    "OUTSIDE_LINK",
    "PACK_SECTIONS",
    "Told",
    "amend_session",
    "ask_for_time",
    "ask_outside",
    "asked_by",
    "confirm_from_outside",
    "confirm_statement",
    "log_session",
    "mail_from_outbox",
    "remark",
    "set_standing_hour",
    "settle_time_asked",
]
