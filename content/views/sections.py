"""One section on a screen: what it teaches, its questions, room to reflect."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from content.forms import ReflectionForm
from content.models import ModulePage, ModuleProgress
from content.models.progress import good_answers, is_found
from lms.models import SealedText
from lms.sealed import sealed

from .access import begin, module_page
from .reflections import Reflection, keep, prompts, reflections, words_of
from .sharing import share, withdraw


@dataclass
class Piece:
    """A block on the screen; for a check, the choices made and their feedback.

    ``places`` is None where nobody answers for themselves.
    """

    block: Any
    places: Collection[int] | None = None
    reflection: Reflection | None = None

    @property
    def is_check(self) -> bool:
        return self.places is not None and self.block.block_type == "check"

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


@login_required
@sealed
def section(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page = module_page(request, pk)
    if not 1 <= number <= len(page.sections):
        raise Http404
    if page.is_done_together:
        return _show(request, page, None, number)
    progress = begin(request, page)
    if "reflection" in request.POST:
        return _reflect(request, page, progress, number)
    if request.method == "POST":
        return _answer(request, page, progress, number)
    progress.open_section(page.sections[number - 1].id)
    return _show(request, page, progress, number)


def _show(
    request: HttpRequest,
    page: ModulePage,
    progress: ModuleProgress | None,
    number: int,
    sent: ReflectionForm | None = None,
) -> HttpResponse:
    """The section; with what was written, where it could not be kept.

    A group that reads it together has no progress: it answers aloud.
    """
    shown = page.sections[number - 1]
    moments = reflections(request, progress, shown) if progress else {}
    if sent is not None:
        moments[sent.prefix].form = sent
    context = {
        "page": page,
        "section": shown.value,
        "pieces": [
            Piece(block, _answered(progress, block), moments.get(block.id))
            for block in shown.value["content"]
        ],
        "number": number,
        "total": len(page.sections),
        "previous": number - 1,
        "next": number + 1 if number < len(page.sections) else None,
    }
    return render(request, "lms_content/section.html", context)


def _answered(progress: ModuleProgress | None, block: Any) -> list[int] | None:
    return progress.answers.get(block.id, []) if progress else None


def _answer(
    request: HttpRequest, page: ModulePage, progress: ModuleProgress, number: int
) -> HttpResponse:
    content = page.sections[number - 1].value["content"]
    checks = {block.id for block in content if block.block_type == "check"}
    check, places = request.POST.get("check", ""), request.POST.getlist("choice")
    if check in checks and places and all(place.isdecimal() for place in places):
        progress.answer(check, [int(place) for place in places])
    else:
        messages.info(request, _("Choose one of the answers first."))
    return _back_to(page, number, f"check-{check}" if check in checks else "")


def _reflect(
    request: HttpRequest, page: ModulePage, progress: ModuleProgress, number: int
) -> HttpResponse:
    """Keep what somebody wrote for themselves, or let it go."""
    block = request.POST["reflection"]
    asked = prompts(page.sections[number - 1])
    if block not in asked:
        raise Http404
    for act, answer in {
        "delete": _let_go,
        "share": share,
        "withdraw": withdraw,
    }.items():
        if act in request.POST:
            return answer(request, page, progress, number)
    form = ReflectionForm(request.POST, prefix=block, prompt=asked[block])
    if not keep(form, progress):
        return _show(request, page, progress, number, form)
    return _back_to(page, number, f"reflection-{block}")


def _let_go(
    request: HttpRequest, page: ModulePage, progress: ModuleProgress, number: int
) -> HttpResponse:
    """Show once more what would be gone for good, then delete it.

    On the address of the section, so that no log of addresses tells it was there.
    """
    block = request.POST["reflection"]
    own = SealedText.objects.visible_to(request.user).of(progress, block)
    if request.POST["delete"] == "for good":
        own.delete()
        return _back_to(page, number, f"reflection-{block}")
    kept = get_object_or_404(own)
    words = words_of(kept, progress.person)
    context = {"page": page, "number": number, "kept": kept, "words": words}
    return render(request, "lms_content/reflection_delete.html", context)


def _back_to(page: ModulePage, number: int, place: str) -> HttpResponse:
    response = redirect("lms_content:section", page.pk, number)
    response["Location"] += f"#{place}" if place else ""
    return response
