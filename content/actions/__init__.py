"""Begins and finishes modules, loads the ones a program begins with, and fills the
seats of live trainings."""

from .assessments import begin_assessment
from .editing import let_tta_edit
from .live_trainings import (
    LETTER,
    There,
    cancel,
    give_up,
    note_attendance,
    register,
    tell_of_change,
    write_from_outbox,
)
from .loading import load_starter_content
from .modules import begin_again, begin_module, finish_module, settle_retake
from .word_files import WORD_IMPORT, import_word_file
from .words import keep_word

__all__ = [
    "LETTER",
    "WORD_IMPORT",
    "There",
    "begin_again",
    "begin_assessment",
    "begin_module",
    "cancel",
    "finish_module",
    "give_up",
    "import_word_file",
    "keep_word",
    "let_tta_edit",
    "load_starter_content",
    "note_attendance",
    "register",
    "settle_retake",
    "tell_of_change",
    "write_from_outbox",
]
