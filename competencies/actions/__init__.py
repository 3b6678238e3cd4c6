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
from .everyone import sync_everyone, sync_from_outbox
from .importing import ImportedTraining, record_imported_trainings, recorded_facts
from .loading import load_starter_plan
from .planning import agree_on_date, note_checklist, waive
from .retaking import order_retake
from .sign_off import (
    Signing,
    seen,
    send_back,
    sign,
    signed_digest,
    withdraw_sign_off,
)
from .syncing import sync_plans

__all__ = [
    "Attachment",
    "ImportedTraining",
    "Signing",
    "TakenContent",
    "Told",
    "agree_on_date",
    "load_starter_plan",
    "note_checklist",
    "note_start",
    "order_retake",
    "record_completion",
    "record_imported_trainings",
    "record_outside_training",
    "recorded_facts",
    "seen",
    "send_back",
    "sign",
    "signed_digest",
    "sync_everyone",
    "sync_from_outbox",
    "sync_plans",
    "waive",
    "withdraw_completion",
    "withdraw_sign_off",
]
