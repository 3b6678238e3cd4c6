"""While somebody writes a module: which words, how hard to read, how long."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.models import PlanItem
from content import actions
from content.forms import KeepForm
from content.language import (
    TEXT_KEYS,
    Finding,
    WordList,
    grade,
    minutes,
    plain,
    words_in,
)
from content.models import KeptWord, ModulePage, WordChoice
from lms.models import Role

NAMESPACE = "alongside_writing"
PERMISSION = "lms_content.change_wordchoice"
OWN_FIELDS = frozenset(
    {"summary", "objectives", "key_points", "next_steps", "completion_message"}
)
# The stream names its fields by their place: “sections-0-value-content-1-value-text”.
IN_SECTIONS = "sections-"
MOST_AT_ONCE = 20  # more would be no help
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Written:
    """A finding in a field of the editor, so that it can be replaced there."""

    field: str
    finding: Finding
    kept: KeptWord | None = None


def for_writers(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_writers
@require_POST
def check(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """What the list says about a form as it stands, how hard it is and how long.

    It sends back a piece of page; nothing is kept, and nothing is blocked.
    """
    texts = dict(_texts_of(request.POST))
    kept = {each.word: each for each in KeptWord.objects.filter(module=pk)}
    found = _look(WordChoice.objects.in_use().as_list(), texts)
    written = [
        Written(field, each, kept.get(each.found.lower())) for field, each in found
    ]
    open_ones = [each for each in written if each.kept is None]
    whole = "\n".join(texts.values())
    context = {
        "pk": pk,
        "open": open_ones[:MOST_AT_ONCE],
        "more": max(0, len(open_ones) - MOST_AT_ONCE),
        "kept": [each for each in written if each.kept is not None],
        "words": words_in(whole),
        "grade": grade(whole),
        "minutes": _minutes(texts),
        "touched": _touched(request.POST, pk),
    }
    return render(request, "lms_content/writing/check.html", context)


def _touched(sent: QueryDict, pk: int) -> int | None:
    """How many people publishing would ask to take it again; None when nobody is
    asked, or the answer is not whole yet."""
    page = ModulePage.objects.filter(pk=pk).select_related("training").first()
    starts_on = parse_date(sent.get("retake_from", "") or "?")
    if page is None or sent.get("retake") != page.Retake.YES or starts_on is None:
        return None
    chosen = [key for key in sent.getlist("retake_roles") if key.isdecimal()]
    lines = PlanItem.objects.asked_by_retake(
        page.training.completed_topics(), starts_on, Role.objects.filter(pk__in=chosen)
    )
    return lines.values("person").distinct().count()


def _texts_of(sent: QueryDict) -> Iterator[tuple[str, str]]:
    gone = tuple(
        f"{name.removesuffix('-deleted')}-"
        for name, value in sent.items()
        if name.endswith("-deleted") and value
    )
    for name, value in sent.items():
        is_ours = name in OWN_FIELDS or _is_text_of_a_section(name)
        if is_ours and value.strip() and not name.startswith(gone):
            yield name, _as_read(value)


def _is_text_of_a_section(name: str) -> bool:
    last = name.rpartition("-")[2]
    return name.startswith(IN_SECTIONS) and (last in TEXT_KEYS or last == "value")


def _as_read(value: str) -> str:
    """Rich text comes as the editor holds it: blocks with their text, in JSON."""
    try:
        held = json.loads(value)
        return "\n".join(block["text"] for block in held["blocks"])
    except (ValueError, TypeError, KeyError):
        return plain(value)


def _look(words: WordList, texts: dict[str, str]) -> Iterator[tuple[str, Finding]]:
    for field, text in texts.items():
        for finding in words.check(text):
            yield field, finding


def _minutes(texts: dict[str, str]) -> int:
    questions = sum(name.endswith("-question") for name in texts)
    pauses = sum(name.endswith("-prompt") for name in texts)
    return minutes(texts.values(), questions=questions, pauses=pauses)


@for_writers
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a word in a module, with the reason."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    actions.keep_word(**form.cleaned_data, by=request.user, at=timezone.now())
    return HttpResponse(status=204)


@for_writers
def report(request: HttpRequest) -> HttpResponse:
    """The list held against every module, drafts as they stand in the editor."""
    words = WordChoice.objects.in_use().as_list()
    kept: dict[int, dict[str, KeptWord]] = {}
    for each in KeptWord.objects.all():
        kept.setdefault(each.module_id, {})[each.word] = each
    rows = [
        (page, found, kept.get(page.pk, {}).get(found.found.lower()))
        for page in _drafts()
        for text in page.texts
        for found in words.check(text)
    ]
    context = {
        "page_title": _("Words in our modules"),
        "rows": [(page, found) for page, found, reason in rows if reason is None],
        "kept": [row for row in rows if row[2] is not None],
    }
    return render(request, "lms_content/writing/report.html", context)


def _drafts() -> Iterator[ModulePage]:
    pages = ModulePage.objects.select_related("latest_revision").order_by("path")
    for page in pages:
        newest = page.latest_revision
        yield newest.as_object() if page.has_unpublished_changes and newest else page


urlpatterns = [
    path("", report, name="index"),
    path("check/", check, name="check_new"),
    path("check/<int:pk>/", check, name="check"),
    path("keep/", keep, name="keep"),
]
