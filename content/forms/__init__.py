from .assessments import AnswerForm
from .reflections import ReflectionForm
from .sharing import ShareForm
from .words import KeepForm, LocalWordForm, TextForm

__all__ = [
    "AnswerForm",
    "KeepForm",
    "LocalWordForm",
    "ReflectionForm",
    "ShareForm",
    "TextForm",
]
