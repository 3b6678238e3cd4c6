"""Everything that changes people, their roles, pauses, supervisors and ways in, and
all that lets their words go.

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
from .joining import bring_transcript, make_joining_code
from .leaving import (
    CLOSE_WORK_SIGN_IN,
    CONFIRM_PRIVATE_EMAIL,
    LEFT,
    ask_to_confirm_private_email,
    confirm_private_email,
    leave,
    leave_from_outbox,
    make_way_back,
    note_last_day,
    remove_private_email,
    signs_in_with_a_closed_address,
    undo_leaving,
)
from .merging import fields_that_move, merge_people
from .names import ask_for_name, call_by, settle_name
from .resets import (
    RESET_FACTOR,
    ask_for_reset,
    finish_reset,
    make_reset_code,
    settle_reset,
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
    "CLOSE_WORK_SIGN_IN",
    "CONFIRM_PRIVATE_EMAIL",
    "DELETE",
    "LEFT",
    "RESET_FACTOR",
    "TELL",
    "TTA_GROUP",
    "add_staff_member",
    "apply_retention",
    "ask_for_deletion",
    "ask_for_name",
    "ask_for_reset",
    "ask_to_confirm_private_email",
    "bring_transcript",
    "call_by",
    "carry_out_deletion",
    "change_staff_member",
    "confirm_private_email",
    "delete_from_outbox",
    "end_access",
    "end_role",
    "end_tie",
    "enqueue_due_deletions",
    "fields_that_move",
    "finish_reset",
    "grant_access",
    "invite",
    "leave",
    "leave_from_outbox",
    "let_tta_into_the_admin",
    "make_joining_code",
    "make_reset_code",
    "make_way_back",
    "merge_people",
    "note_last_day",
    "reapply_deletions",
    "recall_deletions",
    "remember_deletions",
    "remove_pause",
    "remove_private_email",
    "save_pause",
    "settle_name",
    "settle_reset",
    "signs_in_with_a_closed_address",
    "take_deletion_back",
    "take_up_role",
    "tie_supervisor",
    "undo_leaving",
]
