from .live_trainings import LiveTraining, Registration
from .pages import CurriculumPage, LearningIndexPage, ModulePage
from .progress import ModuleProgress

__all__ = [
    "CurriculumPage",
    "LearningIndexPage",
    "LiveTraining",
    "ModulePage",
    "ModuleProgress",
    "Registration",
]
