"""Begins and finishes modules, loads the ones a program begins with, and fills the
seats of live trainings."""

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
from .modules import begin_module, finish_module

__all__ = [
    "LETTER",
    "There",
    "begin_module",
    "cancel",
    "finish_module",
    "give_up",
    "load_starter_content",
    "note_attendance",
    "register",
    "tell_of_change",
    "write_from_outbox",
]
