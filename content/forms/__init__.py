from .reflections import ReflectionForm
from .words import KeepForm, LocalWordForm, TextForm

__all__ = ["KeepForm", "LocalWordForm", "ReflectionForm", "TextForm"]
