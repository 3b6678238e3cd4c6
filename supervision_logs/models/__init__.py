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
from .statements import MonthlyConfirmation
from .targets import Target
from .themes import Theme

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceQuerySet",
    "CreditGoal",
    "CreditRule",
    "FollowUp",
    "MonthlyConfirmation",
    "OutsideConfirmation",
    "PairRecord",
    "PairRecordQuerySet",
    "SessionRemark",
    "SessionVersion",
    "StandingHour",
    "SupervisionSession",
    "Target",
    "Theme",
    "TimeAsked",
    "staff_met_by",
]
