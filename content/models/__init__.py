from .assessments import (
    AssessmentAnswer,
    AssessmentArea,
    SelfAssessment,
    agencies_of,
)
from .glossary import GlossaryTerm
from .modules import ModulePage
from .pages import CurriculumPage, LearningIndexPage
from .progress import ModuleProgress
from .words import KeptWord, WordChoice

__all__ = [
    "AssessmentAnswer",
    "AssessmentArea",
    "CurriculumPage",
    "GlossaryTerm",
    "KeptWord",
    "LearningIndexPage",
    "ModulePage",
    "ModuleProgress",
    "SelfAssessment",
    "WordChoice",
    "agencies_of",
]
