"""What supervision holds about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import (
    BLANK,
    DASH,
    ERASE,
    WORDS,
    Fields,
    Holding,
    Opening,
    Program,
    Retention,
    Text,
    keep,
)

from .models import (
    AgendaItem,
    Attendance,
    CreditGoal,
    CreditRule,
    FollowUp,
    MonthlyConfirmation,
    OutsideConfirmation,
    SessionRemark,
    SessionVersion,
    StandingHour,
    SupervisionSession,
    Target,
    Theme,
    TimeAsked,
)

HOURS = keep(
    _("Your agency has to be able to show that supervision was given, and when.")
)

DECLARED = [
    Holding(SupervisionSession, _("Supervision I gave"), HOURS, whose="given_by"),
    Holding(
        SessionVersion,
        _("What was logged of my supervision"),
        HOURS,
        (Fields("time_zone", Text.INTERNAL),),
        whose="attendances__person",
        acting="logged_by",
    ),
    Holding(
        Attendance,
        _("My supervision: minutes and words"),
        HOURS,
        (Fields("summary themes components", Text.CONFIDENTIAL, BLANK, lasts=WORDS),),
    ),
    Holding(
        SessionRemark,
        _("What I added to sessions"),
        HOURS,
        (Fields("text", Text.CONFIDENTIAL, DASH, lasts=WORDS),),
    ),
    Holding(
        MonthlyConfirmation,
        _("Months of supervision, and who confirmed them"),
        HOURS,
        (Fields("versions digest", Text.INTERNAL),),
        acting="supervisor",
    ),
    Holding(
        OutsideConfirmation,
        _("Sessions confirmed from outside"),
        HOURS,
        (Fields("confirmed_as", Text.CONFIDENTIAL),),
    ),
    Holding(
        AgendaItem,
        _("What we wanted to talk about"),
        ERASE,
        (Fields("text", Text.CONFIDENTIAL, DASH, lasts=WORDS),),
        acting="by supervisor",
    ),
    Holding(
        FollowUp,
        _("What we agreed to do"),
        ERASE,
        (Fields("text", Text.CONFIDENTIAL, DASH, lasts=WORDS),),
        acting="owner noted_by supervisor",
    ),
    Holding(
        StandingHour, _("The day and time of our hour"), ERASE, acting="supervisor"
    ),
    Holding(CreditGoal, _("Credentials I count my supervision toward"), ERASE),
    Holding(TimeAsked, _("When I would have liked time"), ERASE),
    Program(Text.INTERNAL, (CreditRule, Target, Theme)),
    Retention(
        "supervision",
        _("Days, minutes and confirmations of supervision"),
        _("for at least seven years after you no longer work together"),
        _("what funders and licensing bodies ask agencies to be able to show"),
    ),
    Opening("our_hour.opened", _("%(reader)s opened the page of your hour together")),
    Opening("supervision_session.opened", _("%(reader)s opened a session of yours")),
]
