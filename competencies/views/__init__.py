from .completions import completion_add, completion_withdraw, evidence_download
from .items import item_date, item_detail, item_seat, item_waive, item_words
from .plans import checklist_note, my_plan, my_plan_print, plan_detail, plan_print
from .roles import role_descriptions
from .sign_off import sign_off, sign_off_send_back, sign_off_withdraw
from .team import team
from .transcripts import transcript, transcript_bring

__all__ = [
    "checklist_note",
    "completion_add",
    "completion_withdraw",
    "evidence_download",
    "item_date",
    "item_detail",
    "item_seat",
    "item_waive",
    "item_words",
    "my_plan",
    "my_plan_print",
    "plan_detail",
    "plan_print",
    "role_descriptions",
    "sign_off",
    "sign_off_send_back",
    "sign_off_withdraw",
    "team",
    "transcript",
    "transcript_bring",
]
