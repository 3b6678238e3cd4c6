"""Everything that changes people, their roles, pauses and supervisors, and all that
lets their words go.

Keyword-only, atomic, given the acting person and the time.
"""

from .forgetting import (
    DELETE,
    TELL,
    ask_for_deletion,
    carry_out_deletion,
    delete_from_outbox,
    enqueue_due_deletions,
    reapply_deletions,
    recall_deletions,
    remember_deletions,
    take_deletion_back,
)
from .retaining import apply_retention
from .staff import (
    TTA_GROUP,
    add_staff_member,
    change_staff_member,
    end_access,
    end_role,
    end_tie,
    grant_access,
    invite,
    let_tta_into_the_admin,
    remove_pause,
    save_pause,
    take_up_role,
    tie_supervisor,
)

__all__ = [
    "DELETE",
    "TELL",
    "TTA_GROUP",
    "add_staff_member",
    "apply_retention",
    "ask_for_deletion",
    "carry_out_deletion",
    "change_staff_member",
    "delete_from_outbox",
    "end_access",
    "end_role",
    "end_tie",
    "enqueue_due_deletions",
    "grant_access",
    "invite",
    "let_tta_into_the_admin",
    "reapply_deletions",
    "recall_deletions",
    "remember_deletions",
    "remove_pause",
    "save_pause",
    "take_deletion_back",
    "take_up_role",
    "tie_supervisor",
]
