from typing import Any

from lms.models import Person

from .models import ModuleProgress


def keep_the_further_progress(*, stays: Person, goes: Person, **kwargs: Any) -> None:
    """Two records are one person: of a module both began, the further one is kept."""
    began = {each.module: each for each in ModuleProgress.objects.filter(person=stays)}
    for other in ModuleProgress.objects.filter(person=goes, module__in=began):
        min(began[other.module], other, key=_how_far).delete()


def _how_far(progress: ModuleProgress) -> tuple[bool, int]:
    return progress.finished_at is not None, len(progress.opened)
