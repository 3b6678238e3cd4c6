"""What the modules hold about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import ERASE, Fields, Holding, Program, Text

from .models import (
    AssessmentAnswer,
    AssessmentArea,
    CurriculumPage,
    GlossaryTerm,
    KeptWord,
    LearningIndexPage,
    ModulePage,
    ModuleProgress,
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
