from .calling import ask_for_time, who_to_call
from .coverage import supervision_coverage
from .credit import credit_goal, credit_goals, credit_turn_off, credit_turn_on
from .log_sheet import log_sheet
from .months import month, statement, statement_confirm, this_month
from .our_hour import (
    agenda_add,
    agenda_settle,
    follow_up_add,
    follow_up_done,
    our_hour,
    standing_hour,
)
from .outside import outside_ask, outside_confirm
from .overview import my_log, supervision
from .reflections import (
    reflection_share,
    reflection_shared,
    reflection_withdraw,
    session_reflection,
)
from .sessions import (
    group_log,
    session_change,
    session_detail,
    session_log,
    session_not_held,
    session_remark,
)

__all__ = [
    "agenda_add",
    "agenda_settle",
    "ask_for_time",
    "credit_goal",
    "credit_goals",
    "credit_turn_off",
    "credit_turn_on",
    "follow_up_add",
    "follow_up_done",
    "group_log",
    "log_sheet",
    "month",
    "my_log",
    "our_hour",
    "outside_ask",
    "outside_confirm",
    "reflection_share",
    "reflection_shared",
    "reflection_withdraw",
    "session_change",
    "session_detail",
    "session_log",
    "session_not_held",
    "session_reflection",
    "session_remark",
    "standing_hour",
    "statement",
    "statement_confirm",
    "supervision",
    "supervision_coverage",
    "this_month",
    "who_to_call",
]
