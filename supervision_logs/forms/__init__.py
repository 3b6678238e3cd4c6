from .log_sheet import LogSheetForm
from .our_hour import AgendaForm, FollowUpForm, StandingHourForm
from .outside import OutsideForm
from .reflections import ReflectionForm, ShareForm
from .sessions import GroupForm, NotHeldForm, RemarkForm, SessionForm

__all__ = [
    "AgendaForm",
    "FollowUpForm",
    "GroupForm",
    "LogSheetForm",
    "NotHeldForm",
    "OutsideForm",
    "ReflectionForm",
    "RemarkForm",
    "SessionForm",
    "ShareForm",
    "StandingHourForm",
]
