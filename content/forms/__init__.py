from .reflections import ReflectionForm
from .sharing import ShareForm
from .words import KeepForm, LocalWordForm, TextForm

__all__ = ["KeepForm", "LocalWordForm", "ReflectionForm", "ShareForm", "TextForm"]
