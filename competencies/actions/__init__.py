"""Everything that changes a plan, a completion or a signature.

Keyword-only, atomic, given the acting person and the time.
"""

from .completions import (
    Attachment,
    TakenContent,
    Told,
    note_start,
    record_completion,
    record_outside_training,
    withdraw_completion,
)
from .growing import note_step, rate_skills, say_of_skills, settle_goal
from .importing import ImportedTraining, record_imported_trainings, recorded_facts
from .loading import load_starter_plan
from .planning import agree_on_date, note_checklist, waive
from .sign_off import (
    Signing,
    seen,
    send_back,
    sign,
    signed_digest,
    withdraw_sign_off,
)
from .syncing import sync_plans
from .together import (
    confirm_review,
    forget_order,
    move_line,
    name_first_day,
    note_visits,
    take_back_review,
)

__all__ = [
    "Attachment",
    "ImportedTraining",
    "Signing",
    "TakenContent",
    "Told",
    "agree_on_date",
    "confirm_review",
    "forget_order",
    "load_starter_plan",
    "move_line",
    "name_first_day",
    "note_checklist",
    "note_start",
    "note_step",
    "note_visits",
    "rate_skills",
    "record_completion",
    "record_imported_trainings",
    "record_outside_training",
    "recorded_facts",
    "say_of_skills",
    "seen",
    "send_back",
    "settle_goal",
    "sign",
    "signed_digest",
    "sync_plans",
    "take_back_review",
    "waive",
    "withdraw_completion",
    "withdraw_sign_off",
]
