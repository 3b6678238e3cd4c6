"""What the modules hold about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import DASH, ERASE, PROOF, Fields, Holding, Program, Text, keep

from .models import (
    AssessmentAnswer,
    AssessmentArea,
    CurriculumPage,
    GlossaryTerm,
    KeptWord,
    LearningIndexPage,
    LiveTraining,
    ModulePage,
    ModuleProgress,
    Registration,
    SelfAssessment,
    WordChoice,
)

DECLARED = [
    Holding(
        ModuleProgress,
        _("Modules I read, and my answers"),
        ERASE,
        (Fields("opened answers", Text.CONFIDENTIAL),),
    ),
    Holding(
        Registration,
        _("Live trainings I registered for"),
        PROOF,
        (
            Fields("display_name", Text.INTERNAL, DASH),
            Fields("state attendance", Text.INTERNAL),
        ),
        acting="registered_by",
    ),
    Holding(
        LiveTraining,
        _("Live trainings I hosted"),
        keep(_("Whoever was there has to be able to say who taught it.")),
        (
            Fields(
                "time_zone place online_url note materials",
                Text.INTERNAL,
                left_out=_("It is the program's, and open to everyone who works here."),
            ),
        ),
        whose="host",
    ),
    Program(
        Text.INTERNAL,
        (
            *(AssessmentArea, CurriculumPage, GlossaryTerm, KeptWord),
            *(LearningIndexPage, ModulePage, WordChoice),
        ),
    ),
    # Written by a team about its agency; nobody's name is asked for or kept.
    Program(Text.CONFIDENTIAL, (AssessmentAnswer, SelfAssessment)),
]
