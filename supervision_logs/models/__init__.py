from .checkins import VISION_FIELD, CheckInChoice, check_ins_of, vision_of
from .contacts import Contact
from .credit import CreditGoal, CreditRule
from .our_hour import AgendaItem, FollowUp, StandingHour, TimeAsked
from .outside import OutsideConfirmation
from .pairs import PairRecord, PairRecordQuerySet, staff_met_by
from .sessions import (
    Attendance,
    AttendanceQuerySet,
    SessionRemark,
    SessionVersion,
    SupervisionSession,
)
from .shadowing import ShadowingVisit, VisitTask
from .statements import MonthlyConfirmation
from .suggestions import Suggestion
from .targets import Target
from .themes import Theme

__all__ = [
    "VISION_FIELD",
    "AgendaItem",
    "Attendance",
    "AttendanceQuerySet",
    "CheckInChoice",
    "Contact",
    "CreditGoal",
    "CreditRule",
    "FollowUp",
    "MonthlyConfirmation",
    "OutsideConfirmation",
    "PairRecord",
    "PairRecordQuerySet",
    "SessionRemark",
    "SessionVersion",
    "ShadowingVisit",
    "StandingHour",
    "Suggestion",
    "SupervisionSession",
    "Target",
    "Theme",
    "TimeAsked",
    "VisitTask",
    "check_ins_of",
    "staff_met_by",
    "vision_of",
]
