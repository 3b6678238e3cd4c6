from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from lms import policy
from lms.dashboard import Panel
from lms.models import Person, SealedShare

from .models import LiveTraining, ModulePage, ModuleProgress


class ContinuePanel(Panel):
    """The module one is in the middle of."""

    order = 150
    template_name = "lms_content/panels/continue.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        begun = ModuleProgress.objects.visible_to(request.user).unfinished()
        keys = begun.order_by("-started_at").values_list("module", flat=True)[:3]
        modules = ModulePage.objects.visible_to(request.user).defer_streamfields()
        self.pages = list(modules.filter(translation_key__in=list(keys)))

    def is_shown(self) -> bool:
        return bool(self.pages)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"pages": self.pages}


class LivePanel(Panel):
    """The next live training one has a seat in, or hosts."""

    order = 120
    template_name = "lms_content/panels/live.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        person = Person.of(request.user)
        coming = LiveTraining.objects.upcoming(timezone.now())
        own = Q(registrations__person=person, registrations__state="seat")
        mine = coming.filter(own | Q(host=person)) if person else coming.none()
        self.trainings = list(mine.select_related("training").distinct()[:2])

    def is_shown(self) -> bool:
        return bool(self.trainings)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"trainings": self.trainings}


class OpenModulesPanel(Panel):
    """What is open to read, for those whose day begins with no plan: partners, and
    the training team."""

    order = 200
    template_name = "lms_content/panels/open_modules.html"

    def is_shown(self) -> bool:
        person = Person.of(self.request.user)
        return person is not None and not person.staff_members.exists()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        modules = ModulePage.objects.visible_to(self.request.user)
        return {"pages": modules.defer_streamfields().order_by("path")[:6]}


class ReviewPanel(Panel):
    """For the training team: modules that nobody with lived experience has read, and
    those that wait for a look at the law."""

    order = 100
    template_name = "lms_content/panels/review.html"

    def is_shown(self) -> bool:
        return policy.holds(self.request.user, "tta")

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = ModulePage.objects.live().filter(reviewed_on=None)
        on_law = ModulePage.objects.filter(rests_on_law=True, law_cleared_on=None)
        return {
            "waiting": waiting.count(),
            "pages": waiting.defer_streamfields()[:4],
            "on_law": on_law.count(),
            "law_pages": on_law.defer_streamfields()[:4],
        }


class SharedPanel(Panel):
    """That somebody shows one a reflection; not whose."""

    order = 220
    template_name = "lms_content/panels/shared.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        current = SealedShare.objects.current(timezone.localdate())
        shares = current.filter(
            reader=Person.of(request.user),
            text__table=ModuleProgress._meta.label_lower,
        )
        self.count = shares.count()

    def is_shown(self) -> bool:
        return self.count > 0

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"count": self.count}
