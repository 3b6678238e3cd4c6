from .checkins import (
    CheckInForm,
    CheckInShareForm,
    KeptForm,
    VisionForm,
)
from .log_sheet import LogSheetForm
from .our_hour import AgendaForm, FollowUpForm, StandingHourForm
from .outside import OutsideForm
from .reflections import ReflectionForm, ShareForm
from .sessions import GroupForm, NotHeldForm, RemarkForm, SessionForm
from .shadowing import (
    ContactForm,
    SeenForm,
    VisitForm,
    VisitNotesForm,
    VisitTaskForm,
)

__all__ = [
    "AgendaForm",
    "CheckInForm",
    "CheckInShareForm",
    "ContactForm",
    "FollowUpForm",
    "GroupForm",
    "KeptForm",
    "LogSheetForm",
    "NotHeldForm",
    "OutsideForm",
    "ReflectionForm",
    "RemarkForm",
    "SeenForm",
    "SessionForm",
    "ShareForm",
    "StandingHourForm",
    "VisionForm",
    "VisitForm",
    "VisitNotesForm",
    "VisitTaskForm",
]
