from .live_trainings import (
    AttendanceFormSet,
    AttendanceListForm,
    ColleagueForm,
    RegisterForm,
)
from .reflections import ReflectionForm

__all__ = [
    "AttendanceFormSet",
    "AttendanceListForm",
    "ColleagueForm",
    "ReflectionForm",
    "RegisterForm",
]
