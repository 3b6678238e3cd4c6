"""What shadowing and wellness hold about people."""

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

from .models import CheckInChoice, Contact, ShadowingVisit, Suggestion, VisitTask

DECLARED = [
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
