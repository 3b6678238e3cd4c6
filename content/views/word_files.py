"""A new module from a Word file: pages of the Wagtail admin for who writes modules."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import page_permission_policy

from content import actions, rules
from content.docx import Group, Kind, Note
from content.forms import WordImportForm, chapters_of
from content.models import ModulePage

NAMESPACE = "alongside_word"
LATEST = 10


def index(request: HttpRequest) -> HttpResponse:
    """Choose the file, the chapter and the training; and what came this way before."""
    chapters = chapters_of(request.user)
    if not chapters.exists():
        raise Http404
    form = WordImportForm(
        request.POST or None, request.FILES or None, chapters=chapters
    )
    if request.method == "POST" and form.is_valid():
        page = actions.import_word_file(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%s” is a draft now.") % page.title)
        return redirect(f"{NAMESPACE}:report", page.pk)
    context = {"form": form, "imports": _latest_imports(request)}
    return _show(request, "index", _("New module from a Word file"), context)


def _latest_imports(request: HttpRequest) -> Any:
    theirs = page_permission_policy.instances_user_has_permission_for(
        request.user, "change"
    )
    imports = PageLogEntry.objects.filter(
        action=actions.WORD_IMPORT, page__in=theirs.values("pk")
    )
    return imports.select_related("page", "user").order_by("-timestamp")[:LATEST]


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What came over, what came in another form, what did not, what is still to do."""
    page = get_object_or_404(ModulePage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    entries = PageLogEntry.objects.filter(page=page, action=actions.WORD_IMPORT)
    entry = entries.order_by("-timestamp").first()
    if entry is None:
        raise Http404
    newest = page.get_latest_revision_as_object()
    context = {
        "page": page,
        "told": entry.data,
        "imported_at": entry.timestamp,
        "groups": _grouped([Note(*each) for each in entry.data["notes"]]),
        "without_alt": rules.sections_without_alt(newest.sections.raw_data),
    }
    return _show(request, "report", page.get_admin_display_title(), context)


def _grouped(notes: list[Note]) -> list[tuple[Group, list[tuple[Kind, list[Note]]]]]:
    """Notes of one kind together, in the order of the groups and of the kinds.

    Pictures without words are asked of the page as it is now.
    """
    by_kind = defaultdict(list)
    for note in notes:
        by_kind[Kind(note.kind)].append(note)
    by_kind.pop(Kind.ALT, None)
    kinds = [(kind, by_kind[kind]) for kind in Kind if kind in by_kind]
    return [
        (group, [each for each in kinds if Group.of(each[0]) == group])
        for group in Group
    ]


def _show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of the admin under those that lead to it."""
    items = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse(f"{NAMESPACE}:index"), _("New module from a Word file")),
    ]
    items = [*items, ("", title)] if template != "index" else [items[0], ("", title)]
    surroundings = {
        "page_title": title,
        "header_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in items],
    }
    name = f"lms_content/word/{template}.html"
    return render(request, name, {**surroundings, **context})


def refuse_pictures_without_words(
    request: HttpRequest, pages: list[Page], next_url: str
) -> HttpResponse | None:
    """Publishing many at once shows no form that could ask, so here it is asked."""
    chosen = ModulePage.objects.filter(pk__in=[page.pk for page in pages])
    if "include_descendants" in request.POST:
        for page in pages:
            chosen |= ModulePage.objects.descendant_of(page)
    found = [
        each.title
        for each in chosen
        if rules.sections_without_alt(
            each.get_latest_revision_as_object().sections.raw_data
        )
    ]
    if not found:
        return None
    sentence = _(
        "Nothing was published. Pictures in these modules still need words for people "
        "who do not see them: %s"
    )
    messages.error(request, sentence % ", ".join(found))
    return redirect(next_url)


urlpatterns = [
    path("", index, name="index"),
    path("<int:pk>/", report, name="report"),
]
