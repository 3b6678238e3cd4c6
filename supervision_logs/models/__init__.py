from .checkins import VISION_FIELD, CheckInChoice, check_ins_of, vision_of
from .contacts import Contact
from .shadowing import ShadowingVisit, VisitTask
from .suggestions import Suggestion

__all__ = [
    "VISION_FIELD",
    "CheckInChoice",
    "Contact",
    "ShadowingVisit",
    "Suggestion",
    "VisitTask",
    "check_ins_of",
    "vision_of",
]
