"""Reading a module: one idea on a screen, progress kept, answers one's own."""

from .access import refuse_a_file
from .assessments import assessment, assessment_begin, assessments
from .glossary import glossary
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
from .modules import finish, learn, module, module_again, module_print
from .sections import section
from .sharing import shared, shared_text
from .words import word_add, word_remove, words

__all__ = [
    "assessment",
    "assessment_begin",
    "assessments",
    "finish",
    "glossary",
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
    "module_again",
    "module_print",
    "refuse_a_file",
    "section",
    "shared",
    "shared_text",
    "word_add",
    "word_remove",
    "words",
]
