from .checkins import (
    CheckInForm,
    KeptForm,
    ShareForm,
    VisionForm,
)
from .shadowing import (
    ContactForm,
    SeenForm,
    VisitForm,
    VisitNotesForm,
    VisitTaskForm,
)

__all__ = [
    "CheckInForm",
    "ContactForm",
    "KeptForm",
    "SeenForm",
    "ShareForm",
    "VisionForm",
    "VisitForm",
    "VisitNotesForm",
    "VisitTaskForm",
]
