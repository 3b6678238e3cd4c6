"""Everything that changes a plan, a completion or a signature.

Keyword-only, atomic, given the acting person and the time.
"""

from .building import (
    add_phase,
    add_topic,
    change_phase,
    change_requirement,
    change_turns,
    make_topic,
    place_topic,
    remove_phase,
    remove_topic,
    step_phase,
    step_topic,
)
from .checklist import add_entry, change_entry, remove_entry, step_entry
from .completions import (
    TakenContent,
    Told,
    note_start,
    record_completion,
    record_outside_training,
    withdraw_completion,
)
from .everyone import sync_everyone, sync_from_outbox
from .evidence import Attachment, add_evidence
from .foreseeing import foresee
from .growing import note_step, rate_skills, say_of_skills, settle_goal
from .histories import (
    confirm_history,
    enter_history,
    history_of,
    history_seen,
    reopen_history,
)
from .importing import ImportedTraining, record_imported_trainings, recorded_facts
from .loading import PACK_SECTIONS
from .moving import MOVE, ask_to_move, ask_to_undo, go_on, has_stopped, move_from_outbox
from .outside import (
    OUTSIDE_LINK,
    ask_outside,
    link_by,
    mail_from_outbox,
    needs_outside,
    outside_tie,
    sign_from_outside,
)
from .planning import agree_on_date, note_checklist, start_plan_from, waive
from .retaking import asked_again, call_off_retake, order_retake
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
from .together import (
    confirm_review,
    forget_order,
    move_line,
    name_first_day,
    note_visits,
    take_back_review,
)
from .versions import copy_version, discard_draft, outline_of, publish_version

__all__ = [
    "MOVE",
    "OUTSIDE_LINK",
    "PACK_SECTIONS",
    "Attachment",
    "ImportedTraining",
    "Signing",
    "TakenContent",
    "Told",
    "accept_in_part",
    "add_entry",
    "add_evidence",
    "add_phase",
    "add_topic",
    "agree_on_date",
    "ask_outside",
    "ask_to_move",
    "ask_to_undo",
    "asked_again",
    "call_off_retake",
    "change_entry",
    "change_phase",
    "change_requirement",
    "change_turns",
    "confirm_history",
    "confirm_review",
    "copy_version",
    "discard_draft",
    "enter_history",
    "foresee",
    "forget_order",
    "go_on",
    "has_stopped",
    "history_of",
    "history_seen",
    "link_by",
    "mail_from_outbox",
    "make_topic",
    "move_from_outbox",
    "move_line",
    "name_first_day",
    "needs_outside",
    "note_checklist",
    "note_start",
    "note_step",
    "note_visits",
    "order_retake",
    "outline_of",
    "outside_tie",
    "place_topic",
    "publish_version",
    "rate_skills",
    "record_completion",
    "record_imported_trainings",
    "record_outside_training",
    "recorded_facts",
    "remove_entry",
    "remove_phase",
    "remove_topic",
    "reopen_history",
    "say_of_skills",
    "seen",
    "send_back",
    "settle_goal",
    "sign",
    "sign_from_outside",
    "signed_digest",
    "start_plan_from",
    "step_entry",
    "step_phase",
    "step_topic",
    "sync_everyone",
    "sync_from_outbox",
    "sync_plans",
    "take_back_review",
    "waive",
    "withdraw_completion",
    "withdraw_sign_off",
]
