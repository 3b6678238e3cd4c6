"""Everything that changes people, their roles, pauses and supervisors.

Keyword-only, atomic, given the acting person and the time.
"""

from .staff import (
    TTA_GROUP,
    add_staff_member,
    change_staff_member,
    end_role,
    end_tie,
    grant_access,
    invite,
    remove_pause,
    save_pause,
    take_up_role,
    tie_supervisor,
)

__all__ = [
    "TTA_GROUP",
    "add_staff_member",
    "change_staff_member",
    "end_role",
    "end_tie",
    "grant_access",
    "invite",
    "remove_pause",
    "save_pause",
    "take_up_role",
    "tie_supervisor",
]
