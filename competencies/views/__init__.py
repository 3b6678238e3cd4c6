from .completions import (
    completion_add,
    completion_withdraw,
    evidence_add,
    evidence_download,
)
from .histories import history, history_confirm, history_reopen, training_sheet
from .imports import training_import, training_import_columns, training_import_titles
from .items import item_date, item_detail, item_seat, item_waive, item_words
from .outside import outside_ask, outside_evidence, outside_sign
from .plans import checklist_note, my_plan, my_plan_print, plan_detail, plan_print
from .preview import preview_as
from .roles import role_descriptions
from .sign_off import (
    sign_off,
    sign_off_in_part,
    sign_off_send_back,
    sign_off_withdraw,
)
from .team import team
from .transcripts import transcript, transcript_bring

__all__ = [
    "checklist_note",
    "completion_add",
    "completion_withdraw",
    "evidence_add",
    "evidence_download",
    "history",
    "history_confirm",
    "history_reopen",
    "item_date",
    "item_detail",
    "item_seat",
    "item_waive",
    "item_words",
    "my_plan",
    "my_plan_print",
    "outside_ask",
    "outside_evidence",
    "outside_sign",
    "plan_detail",
    "plan_print",
    "preview_as",
    "role_descriptions",
    "sign_off",
    "sign_off_in_part",
    "sign_off_send_back",
    "sign_off_withdraw",
    "team",
    "training_import",
    "training_import_columns",
    "training_import_titles",
    "training_sheet",
    "transcript",
    "transcript_bring",
]
