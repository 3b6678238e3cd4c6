from .assessments import (
    AssessmentAnswer,
    AssessmentArea,
    SelfAssessment,
    agencies_of,
)
from .glossary import GlossaryTerm
from .live_trainings import LiveTraining, Registration
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
    "LiveTraining",
    "ModulePage",
    "ModuleProgress",
    "Registration",
    "SelfAssessment",
    "WordChoice",
    "agencies_of",
]
