"""All modules, and the beginning and end of each."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from competencies.models import PlanItem, Training, TrainingTopic
from competencies.rules import TO_DO
from content import actions
from content.models import CurriculumPage, GlossaryTerm, ModulePage, ModuleProgress
from content.models.progress import is_found
from lms.models import Person

from .access import asked_for, begin, module_page, progress_in


@login_required
def learn(request: HttpRequest) -> HttpResponse:
    """All modules by chapter, or those that match what is searched for."""
    query = asked_for(request)
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
        "terms": GlossaryTerm.objects.visible_to(request.user).about(query)[:5]
        if query
        else (),
    }
    return render(request, "lms_content/learn.html", context)


@login_required
def module(request: HttpRequest, pk: int) -> HttpResponse:
    page = module_page(request, pk)
    progress = progress_in(request, page)
    context = {
        "page": page,
        "progress": progress,
        "sections": _overview(page, progress),
        "next_number": _next_number(page, progress),
        "taught": page.training.taught.select_related("topic"),
        "has_changed": _has_changed(page, progress),
        "may_begin_again": _may_begin_again(page, progress),
    }
    return render(request, "lms_content/module.html", context)


def _has_changed(page: ModulePage, progress: ModuleProgress | None) -> bool:
    """Whether it has changed, for people to know, since somebody finished it."""
    if progress is None or progress.finished_at is None or page.changed_on is None:
        return False
    return timezone.localdate(progress.finished_at) <= page.changed_on


def _may_begin_again(page: ModulePage, progress: ModuleProgress | None) -> bool:
    """Whether there is a reason to take it once more: it changed, a topic of it comes
    up for renewal, or was sent back."""
    if progress is None or progress.finished_at is None:
        return False
    lines = PlanItem.objects.filter(
        person=progress.person, topic__in=page.training.completed_topics()
    )
    is_wanted = Q(renew_on__isnull=False) | Q(progress__in=TO_DO)
    return _has_changed(page, progress) or lines.filter(is_wanted).exists()


@login_required
@require_POST
def module_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a finished module once more. What was recorded stays."""
    page = module_page(request, pk)
    progress = progress_in(request, page)
    if _may_begin_again(page, progress):
        actions.begin_again(
            page=page, progress=progress, at=timezone.now(), on=timezone.localdate()
        )
    return redirect("lms_content:module", pk)


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
    page = module_page(request, pk)
    if page.is_done_together:
        raise Http404
    progress = begin(request, page)
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
        request, "lms_content/module_print.html", {"page": module_page(request, pk)}
    )
