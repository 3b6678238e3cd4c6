"""Reading a module: one idea on a screen, progress kept, answers one's own."""

from .access import refuse_a_file
from .live_trainings import (
    live_attendance,
    live_cancel,
    live_detail,
    live_give_up,
    live_list,
    live_register,
    live_register_colleague,
    live_roster,
)
from .modules import finish, learn, module, module_print
from .sections import section

__all__ = [
    "finish",
    "learn",
    "live_attendance",
    "live_cancel",
    "live_detail",
    "live_give_up",
    "live_list",
    "live_register",
    "live_register_colleague",
    "live_roster",
    "module",
    "module_print",
    "refuse_a_file",
    "section",
]
