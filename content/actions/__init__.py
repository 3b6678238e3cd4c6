"""Begins and finishes modules, and loads the ones a program begins with."""

from .assessments import begin_assessment
from .editing import let_tta_edit
from .loading import load_starter_content
from .modules import begin_again, begin_module, finish_module, settle_retake
from .words import keep_word

__all__ = [
    "begin_again",
    "begin_assessment",
    "begin_module",
    "finish_module",
    "keep_word",
    "let_tta_edit",
    "load_starter_content",
    "settle_retake",
]
