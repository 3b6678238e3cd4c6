from .glossary import GlossaryTerm
from .modules import ModulePage
from .pages import CurriculumPage, LearningIndexPage
from .progress import ModuleProgress

__all__ = [
    "CurriculumPage",
    "GlossaryTerm",
    "LearningIndexPage",
    "ModulePage",
    "ModuleProgress",
]
