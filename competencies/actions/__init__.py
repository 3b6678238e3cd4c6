"""Everything that changes a plan, a completion or a signature.

Keyword-only, atomic, given the acting person and the time.
"""

from .completions import (
    TakenContent,
    Told,
    note_start,
    record_completion,
    record_outside_training,
    withdraw_completion,
)
from .evidence import Attachment, add_evidence
from .histories import (
    confirm_history,
    enter_history,
    history_of,
    history_seen,
    reopen_history,
)
from .importing import ImportedTraining, record_imported_trainings, recorded_facts
from .loading import load_starter_plan
from .outside import (
    OUTSIDE_LINK,
    ask_outside,
    link_by,
    mail_from_outbox,
    needs_outside,
    outside_tie,
    sign_from_outside,
)
from .planning import agree_on_date, note_checklist, waive
from .sign_off import (
    Signing,
    accept_in_part,
    seen,
    send_back,
    sign,
    signed_digest,
    withdraw_sign_off,
)
from .syncing import sync_plans

__all__ = [
    "OUTSIDE_LINK",
    "Attachment",
    "ImportedTraining",
    "Signing",
    "TakenContent",
    "Told",
    "accept_in_part",
    "add_evidence",
    "agree_on_date",
    "ask_outside",
    "confirm_history",
    "enter_history",
    "history_of",
    "history_seen",
    "link_by",
    "load_starter_plan",
    "mail_from_outbox",
    "needs_outside",
    "note_checklist",
    "note_start",
    "outside_tie",
    "record_completion",
    "record_imported_trainings",
    "record_outside_training",
    "recorded_facts",
    "reopen_history",
    "seen",
    "send_back",
    "sign",
    "sign_from_outside",
    "signed_digest",
    "sync_plans",
    "waive",
    "withdraw_completion",
    "withdraw_sign_off",
]
