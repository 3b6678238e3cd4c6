"""Everything that changes a plan, a completion or a signature.

Keyword-only, atomic, given the acting person and the time.
"""

from .building import (
    add_phase,
    add_topic,
    change_phase,
    change_requirement,
    make_topic,
    place_topic,
    remove_phase,
    remove_topic,
    step_phase,
    step_topic,
)
from .completions import (
    Attachment,
    TakenContent,
    Told,
    note_start,
    record_completion,
    record_outside_training,
    withdraw_completion,
)
from .foreseeing import foresee
from .importing import ImportedTraining, record_imported_trainings, recorded_facts
from .loading import load_starter_plan
from .moving import MOVE, ask_to_move, ask_to_undo, go_on, has_stopped, move_from_outbox
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
from .versions import copy_version, discard_draft, outline_of, publish_version

__all__ = [
    "MOVE",
    "Attachment",
    "ImportedTraining",
    "Signing",
    "TakenContent",
    "Told",
    "add_phase",
    "add_topic",
    "agree_on_date",
    "ask_to_move",
    "ask_to_undo",
    "change_phase",
    "change_requirement",
    "copy_version",
    "discard_draft",
    "foresee",
    "go_on",
    "has_stopped",
    "load_starter_plan",
    "make_topic",
    "move_from_outbox",
    "note_checklist",
    "note_start",
    "outline_of",
    "place_topic",
    "publish_version",
    "record_completion",
    "record_imported_trainings",
    "record_outside_training",
    "recorded_facts",
    "remove_phase",
    "remove_topic",
    "seen",
    "send_back",
    "sign",
    "signed_digest",
    "step_phase",
    "step_topic",
    "sync_plans",
    "waive",
    "withdraw_completion",
    "withdraw_sign_off",
]
