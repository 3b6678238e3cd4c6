from .our_hour import AgendaForm, FollowUpForm, StandingHourForm
from .sessions import GroupForm, NotHeldForm, RemarkForm, SessionForm

__all__ = [
    "AgendaForm",
    "FollowUpForm",
    "GroupForm",
    "NotHeldForm",
    "RemarkForm",
    "SessionForm",
    "StandingHourForm",
]
