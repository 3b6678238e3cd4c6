from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from lms.models import Person

from .actions import settle_retake
from .models import ModulePage, ModuleProgress


def settle_retake_on_page_published(
    *, instance: ModulePage, revision: Revision, **kwargs: Any
) -> None:
    settle_retake(
        page=instance, revision=revision, at=timezone.now(), on=timezone.localdate()
    )


def keep_the_further_progress(*, stays: Person, goes: Person, **kwargs: Any) -> None:
    """Two records are one person: of a module both began, the further one is kept."""
    began = {each.module: each for each in ModuleProgress.objects.filter(person=stays)}
    for other in ModuleProgress.objects.filter(person=goes, module__in=began):
        min(began[other.module], other, key=_how_far).delete()


def _how_far(progress: ModuleProgress) -> tuple[bool, int]:
    return progress.finished_at is not None, len(progress.opened)
