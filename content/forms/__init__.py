from .assessments import AnswerForm
from .live_trainings import (
    AttendanceFormSet,
    AttendanceListForm,
    ColleagueForm,
    RegisterForm,
)
from .reflections import ReflectionForm
from .sharing import ShareForm
from .word_files import WordImportForm, chapters_of
from .words import KeepForm, LocalWordForm, TextForm

__all__ = [
    "AnswerForm",
    "AttendanceFormSet",
    "AttendanceListForm",
    "ColleagueForm",
    "KeepForm",
    "LocalWordForm",
    "ReflectionForm",
    "RegisterForm",
    "ShareForm",
    "TextForm",
    "WordImportForm",
    "chapters_of",
]
