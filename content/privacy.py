"""What the modules hold about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import ERASE, Fields, Holding, Program, Text

from .models import (
    CurriculumPage,
    GlossaryTerm,
    KeptWord,
    LearningIndexPage,
    ModulePage,
    ModuleProgress,
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
            *(CurriculumPage, GlossaryTerm, KeptWord),
            *(LearningIndexPage, ModulePage, WordChoice),
        ),
    ),
]
