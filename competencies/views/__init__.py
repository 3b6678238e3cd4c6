from .completions import (
    completion_add,
    completion_withdraw,
    evidence_add,
    evidence_download,
)
from .families import before_families, first_day, visits_together
from .goals import (
    goal_add,
    goal_detail,
    goal_settle,
    goal_step_add,
    goal_step_note,
    goals,
)
from .histories import history, history_confirm, history_reopen, training_sheet
from .imports import training_import, training_import_columns, training_import_titles
from .items import item_date, item_detail, item_seat, item_waive, item_words
from .nearest import plan_start
from .order import item_move, plan_order, plan_order_forget
from .outside import outside_ask, outside_evidence, outside_sign
from .paper import my_plan_pdf, my_plan_print, plan_print
from .plans import checklist_note, my_plan, plan_detail
from .preview import preview_as
from .reviews import (
    performance_review,
    plan_review_add,
    plan_review_confirm,
    plan_review_take_back,
    plan_reviews,
)
from .roles import role_descriptions
from .seats import seats_wanted
from .sign_off import (
    sign_off,
    sign_off_in_part,
    sign_off_send_back,
    sign_off_withdraw,
)
from .skills import skills, skills_rate, skills_wish
from .team import team
from .transcripts import transcript, transcript_bring

__all__ = [
    "before_families",
    "checklist_note",
    "completion_add",
    "completion_withdraw",
    "evidence_add",
    "evidence_download",
    "first_day",
    "goal_add",
    "goal_detail",
    "goal_settle",
    "goal_step_add",
    "goal_step_note",
    "goals",
    "history",
    "history_confirm",
    "history_reopen",
    "item_date",
    "item_detail",
    "item_move",
    "item_seat",
    "item_waive",
    "item_words",
    "my_plan",
    "my_plan_pdf",
    "my_plan_print",
    "outside_ask",
    "outside_evidence",
    "outside_sign",
    "performance_review",
    "plan_detail",
    "plan_order",
    "plan_order_forget",
    "plan_print",
    "plan_review_add",
    "plan_review_confirm",
    "plan_review_take_back",
    "plan_reviews",
    "plan_start",
    "preview_as",
    "role_descriptions",
    "seats_wanted",
    "sign_off",
    "sign_off_in_part",
    "sign_off_send_back",
    "sign_off_withdraw",
    "skills",
    "skills_rate",
    "skills_wish",
    "team",
    "training_import",
    "training_import_columns",
    "training_import_titles",
    "training_sheet",
    "transcript",
    "transcript_bring",
    "visits_together",
]
