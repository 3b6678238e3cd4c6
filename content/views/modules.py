"""Reading a module: one idea on a screen, progress kept, answers one's own."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.models import PlanItem, Training, TrainingTopic
from lms.models import Person

from . import actions
from .models import CurriculumPage, ModulePage, ModuleProgress
from .models.progress import good_answers, is_found


@dataclass
class Piece:
    """A block on the screen; for a check, the choices made and their feedback."""

    block: Any
    places: Collection[int] = ()

    @property
    def is_check(self) -> bool:
        return self.block.block_type == "check"

    @property
    def has_several(self) -> bool:
        return len(good_answers(self.block.value)) > 1

    @property
    def chosen(self) -> list[Any]:
        choices = enumerate(self.block.value["choices"])
        return [choice for place, choice in choices if place in self.places]

    @property
    def is_found(self) -> bool:
        return is_found(self.block.value, self.places)

    @property
    def is_on_the_way(self) -> bool:
        return all(choice["right"] for choice in self.chosen)


def _page(request: HttpRequest, pk: int) -> ModulePage:
    modules = ModulePage.objects.visible_to(request.user)
    return get_object_or_404(modules.select_related("training"), pk=pk)


def _progress(request: HttpRequest, page: ModulePage) -> ModuleProgress | None:
    own = ModuleProgress.objects.visible_to(request.user).select_related("person")
    return own.filter(module=page.translation_key).first()


def _begin(request: HttpRequest, page: ModulePage) -> ModuleProgress:
    return _progress(request, page) or actions.begin_module(
        page=page,
        person=Person.of(request.user),
        at=timezone.now(),
        on=timezone.localdate(),
    )


@login_required
def learn(request: HttpRequest) -> HttpResponse:
    """All modules by chapter, or those that match what is searched for."""
    query = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL takes none
    modules = ModulePage.objects.visible_to(request.user).defer_streamfields()
    if query:
        found = {page.pk for page in modules.search(query, operator="and")}
        modules = modules.filter(pk__in=found)
    progress = {
        each.module: each for each in ModuleProgress.objects.visible_to(request.user)
    }
    chapters = defaultdict(list)
    for page in modules.order_by("path"):
        chapters[page.path[: -page.steplen]].append(
            (page, progress.get(page.translation_key))
        )
    curricula = CurriculumPage.objects.live().filter(path__in=chapters).order_by("path")
    context = {
        "curricula": [(each, chapters[each.path]) for each in curricula],
        "query": query,
    }
    return render(request, "lms_content/learn.html", context)


@login_required
def module(request: HttpRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    progress = _progress(request, page)
    context = {
        "page": page,
        "progress": progress,
        "sections": _overview(page, progress),
        "next_number": _next_number(page, progress),
        "taught": page.training.taught.select_related("topic"),
    }
    return render(request, "lms_content/module.html", context)


def _overview(
    page: ModulePage, progress: ModuleProgress | None
) -> list[tuple[int, Any, bool]]:
    opened = set(progress.opened) if progress else set()
    return [
        (number, section, section.id in opened)
        for number, section in enumerate(page.sections, 1)
    ]


def _next_number(page: ModulePage, progress: ModuleProgress | None) -> int:
    """The first section not opened yet; the last one when all are."""
    opened = set(progress.opened) if progress else set()
    for number, section in enumerate(page.sections, 1):
        if section.id not in opened:
            return number
    return len(page.sections)


@login_required
def section(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page = _page(request, pk)
    if not 1 <= number <= len(page.sections):
        raise Http404
    progress = _begin(request, page)
    shown = page.sections[number - 1]
    if request.method == "POST":
        return _answer(request, progress, shown, pk, number)
    progress.open_section(shown.id)
    context = {
        "page": page,
        "section": shown.value,
        "pieces": [
            Piece(block, progress.answers.get(block.id, ()))
            for block in shown.value["content"]
        ],
        "number": number,
        "total": len(page.sections),
        "previous": number - 1,
        "next": number + 1 if number < len(page.sections) else None,
    }
    return render(request, "lms_content/section.html", context)


def _answer(
    request: HttpRequest, progress: ModuleProgress, shown: Any, pk: int, number: int
) -> HttpResponse:
    checks = {
        block.id for block in shown.value["content"] if block.block_type == "check"
    }
    check, places = request.POST.get("check", ""), request.POST.getlist("choice")
    if check in checks and places and all(place.isdecimal() for place in places):
        progress.answer(check, [int(place) for place in places])
    else:
        messages.info(request, _("Choose one of the answers first."))
    response = redirect("lms_content:section", pk, number)
    response["Location"] += f"#check-{check}" if check in checks else ""
    return response


def _left(page: ModulePage, progress: ModuleProgress) -> list[tuple[int, str, str]]:
    """What is still to do: number and title of the section, and the place in it."""
    left = []
    for number, part in enumerate(page.sections, 1):
        open_checks = [
            f"check-{each.id}"
            for each in part.value["content"]
            if each.block_type == "check"
            and not is_found(each.value, progress.answers.get(each.id, ()))
        ]
        if part.id not in progress.opened or open_checks:
            is_opened = part.id in progress.opened
            place = open_checks[0] if is_opened else ""
            left.append((number, part.value["title"], place))
    return left


@login_required
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a module: what is left, or that it is done and what comes next."""
    page = _page(request, pk)
    progress = _begin(request, page)
    left = _left(page, progress)
    if request.method == "POST" and not left:
        actions.finish_module(
            page=page, progress=progress, at=timezone.now(), on=timezone.localdate()
        )
        return redirect("lms_content:finish", pk)
    context = {
        "page": page,
        "left": left,
        "is_finished": progress.finished_at is not None,
        **_what_comes_next(page, progress.person),
    }
    return render(request, "lms_content/finish.html", context)


def _what_comes_next(page: ModulePage, person: Person) -> dict[str, Any]:
    """Topics only introduced, the trainings that complete them, the person's lines."""
    taught = page.training.taught.select_related("topic")
    introduced = [
        row.topic for row in taught if row.effect == TrainingTopic.Effect.INTRODUCES
    ]
    completing = Training.objects.filter(
        is_offered=True,
        taught__topic__in=introduced,
        taught__effect=TrainingTopic.Effect.COMPLETES,
    )
    return {
        "introduced": introduced,
        "next_trainings": completing.exclude(pk=page.training_id).distinct(),
        "lines": PlanItem.objects.filter(
            person=person, topic__in=[row.topic_id for row in taught]
        ).select_related("topic"),
    }


@login_required
def module_print(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "lms_content/module_print.html", {"page": _page(request, pk)}
    )
