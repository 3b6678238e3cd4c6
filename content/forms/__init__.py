from .reflections import ReflectionForm
from .word_files import WordImportForm, chapters_of

__all__ = ["ReflectionForm", "WordImportForm", "chapters_of"]
