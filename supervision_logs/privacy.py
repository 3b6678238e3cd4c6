"""What supervision, shadowing and wellness hold about people."""

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
    CheckInChoice,
    Contact,
    CreditGoal,
    CreditRule,
    FollowUp,
    MonthlyConfirmation,
    OutsideConfirmation,
    SessionRemark,
    SessionVersion,
    ShadowingVisit,
    StandingHour,
    Suggestion,
    SupervisionSession,
    Target,
    Theme,
    TimeAsked,
    VisitTask,
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
    Holding(
        ShadowingVisit,
        _("My shadowing visits"),
        keep(_("Your agency has to be able to show how somebody was introduced.")),
        (
            Fields(
                "activity with_whom purpose contact_information learn_ask bring_share "
                "notes follow_up",
                Text.CONFIDENTIAL,
                BLANK,
                lasts=WORDS,
            ),
            Fields("contact", Text.INTERNAL),
        ),
        acting="host planned_by",
    ),
    Holding(
        VisitTask,
        _("Next steps of my visits"),
        ERASE,
        (Fields("text", Text.CONFIDENTIAL, DASH, lasts=WORDS),),
        acting="owner noted_by",
    ),
    Holding(
        Contact,
        _("Contacts I look after"),
        keep(_("It is your agency's list, and says nothing about you.")),
        (Fields("name role organization phone email", Text.INTERNAL),),
        whose="owner",
    ),
    Holding(
        CheckInChoice, _("Whether I use check-ins, and how long each stays"), ERASE
    ),
    Program(Text.INTERNAL, (Suggestion,)),
    Retention(
        "check-ins",
        _("Wellness check-ins"),
        _("for twelve months or 30 days, as the person chooses, or until deleted"),
        _("what this program has promised its staff; no law sets a least time"),
        is_silent=True,
    ),
    Opening("shadowing.opened", _("%(reader)s opened your shadowing visits")),
    Opening(
        "shadowing_visit.opened", _("%(reader)s opened a shadowing visit of yours")
    ),
]
