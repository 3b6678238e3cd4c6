from .pages import CurriculumPage, LearningIndexPage, ModulePage
from .progress import ModuleProgress

__all__ = ["CurriculumPage", "LearningIndexPage", "ModulePage", "ModuleProgress"]
