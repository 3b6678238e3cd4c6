"""The checklist of a draft: each page is one form, each button one post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import ChecklistEntryForm, StepForm
from competencies.models import ChecklistEntry, PlanVersion

from .pages import address, attempt, back_to, crumb_of, draft_at, for_builders, show


def _entry(pk: int) -> ChecklistEntry:
    entries = ChecklistEntry.objects.filter(version__in=PlanVersion.objects.drafts())
    return get_object_or_404(entries.select_related("version"), pk=pk)


@for_builders
def entry_add(request: HttpRequest, pk: int) -> HttpResponse:
    draft, form = draft_at(pk), ChecklistEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if made := attempt(request, actions.add_entry, version=draft, **told):
            return back_to(draft, f"#entry-{made.pk}")
    back = f"{address('version', pk)}#checklist"
    context = {"form": form, "button": _("Add it"), "back": back}
    title = _("Add to the checklist")
    return show(request, "form", title, [crumb_of(draft)], context)


@for_builders
def entry_change(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(pk)
    form = ChecklistEntryForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        attempt(request, actions.change_entry, entry=entry, **form.cleaned_data)
        return back_to(entry.version, f"?moved=entry{pk}-change")
    back = f"{address('version', entry.version_id)}#entry-{pk}"
    context = {"form": form, "button": _("Save"), "back": back}
    title = _("Change the words")
    return show(request, "form", title, [crumb_of(entry.version)], context)


@for_builders
def entry_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(pk)
    version, told = entry.version, {"title": entry.title}
    if request.method == "POST":
        attempt(request, actions.remove_entry, entry=entry)
        messages.success(request, _("“%(title)s” is taken out.") % told)
        return back_to(version, "#checklist")
    text = _("It leaves this draft. Who ticked it off on their own plan keeps that.")
    context = {
        "text": text,
        "button": _("Take it out"),
        "back": f"{address('version', version.pk)}#entry-{pk}",
    }
    title = _("Take “%(title)s” out?") % told
    return show(request, "confirm", title, [crumb_of(version)], context)


@for_builders
@require_POST
def entry_step(request: HttpRequest, pk: int) -> HttpResponse:
    entry, form = _entry(pk), StepForm(request.POST)
    if not form.is_valid():
        return back_to(entry.version)
    step = form.cleaned_data["by_places"]
    attempt(request, actions.step_entry, entry=entry, by_places=step)
    button = "up" if step < 0 else "down"
    return back_to(entry.version, f"?moved=entry{pk}-{button}")
