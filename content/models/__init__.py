from .glossary import GlossaryTerm
from .modules import ModulePage
from .pages import CurriculumPage, LearningIndexPage
from .progress import ModuleProgress
from .words import KeptWord, WordChoice

__all__ = [
    "CurriculumPage",
    "GlossaryTerm",
    "KeptWord",
    "LearningIndexPage",
    "ModulePage",
    "ModuleProgress",
    "WordChoice",
]
