"""Begins and finishes modules, and loads those that come from files."""

from .loading import load_starter_content
from .modules import begin_module, finish_module
from .word_files import WORD_IMPORT, import_word_file

__all__ = [
    "WORD_IMPORT",
    "begin_module",
    "finish_module",
    "import_word_file",
    "load_starter_content",
]
