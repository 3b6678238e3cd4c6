"""Lists of many people, brought in: read, looked at, then applied in batches.

``jobs`` is what all kinds of list have in common, ``staff`` the list of an agency's
staff. A kind registers itself, see ``lms.registry.ImportKind``.
"""

from .jobs import (
    OPEN,
    TOGETHER,
    apply_from_outbox,
    ask_to_apply,
    begin,
    choose_columns,
    discard,
    forget_from_outbox,
    go_on,
    has_stopped,
    look_at,
)
from .staff import STAFF

__all__ = [
    "OPEN",
    "STAFF",
    "TOGETHER",
    "apply_from_outbox",
    "ask_to_apply",
    "begin",
    "choose_columns",
    "discard",
    "forget_from_outbox",
    "go_on",
    "has_stopped",
    "look_at",
]
