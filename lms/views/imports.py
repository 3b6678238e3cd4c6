"""A director's lists: looked at, then brought in. One set of pages for all kinds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import exports, imports
from lms.forms import StaffImportForm
from lms.models import Import, Person, Role
from lms.registry import import_kinds
from lms.rules import COLUMNS, Kind

from .staff import agencies_of

ON_A_PAGE = 50
LOOK_AGAIN_AFTER = 4  # seconds


@login_required
def staff_import(request: HttpRequest) -> HttpResponse:
    agencies = agencies_of(request.user)
    form = StaffImportForm(
        request.POST or None, request.FILES or None, agencies=agencies
    )
    if request.method == "POST" and form.is_valid():
        job = imports.begin(
            kind=imports.STAFF.key,
            agency=form.cleaned_data["agency"],
            table=form.cleaned_data["table"],
            columns=form.columns,
            file_name=request.FILES["table"].name,
            by=Person.of(request.user),
            at=timezone.now(),
        )
        imports.look_at(job=job)
        return redirect("lms:import_detail", job.pk)
    context = {
        "form": form,
        "columns": COLUMNS,
        "roles": Role.objects.all(),
        "jobs": Import.objects.visible_to(request.user).filter(kind=imports.STAFF.key),
    }
    return render(request, "lms/staff_import.html", context)


@login_required
def staff_import_template(request: HttpRequest, suffix: str) -> HttpResponse:
    """A list without lines: what stood below the names of the columns would come in."""
    agencies_of(request.user)
    responses = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}
    if suffix not in responses:
        raise Http404
    header = [str(column.label) for column in COLUMNS]
    return responses[suffix](f"staff.{suffix}", header, [])


def _job(request: HttpRequest, pk: int) -> Import:
    jobs = Import.objects.visible_to(request.user).select_related("agency", "by")
    return get_object_or_404(jobs, pk=pk)


@login_required
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it would come in; how far it is; or what has come in."""
    job = _job(request, pk)
    kind = import_kinds()[job.kind]
    if job.state == Import.State.READ:
        return redirect(kind.choices_url, pk)
    if job.state == Import.State.ASKED:
        return _progress_page(request, job)
    context = {"job": job, "kind": kind, **_shown_rows(request, job)}
    return render(request, "lms/import_detail.html", context)


def _shown_rows(request: HttpRequest, job: Import) -> dict[str, Any]:
    """The lines of one kind, a page of them; first those that need another look."""
    kinds = [(kind, job.counts.get(kind, 0)) for kind in _kinds_in_order()]
    if job.state == Import.State.FINISHED:
        shown = Kind.WRONG
    else:
        filled = [kind for kind, count in kinds if count]
        asked = request.GET.get("kind")
        shown = asked if asked in filled else (filled or [Kind.UNCHANGED])[0]
    rows = Paginator(job.rows.filter(kind=shown), ON_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    return {"kinds": kinds, "shown": Kind(shown), "rows": page}


def _kinds_in_order() -> list[Kind]:
    return [Kind.WRONG, Kind.NEW, Kind.CHANGED, Kind.UNCHANGED]


def _progress_page(request: HttpRequest, job: Import) -> HttpResponse:
    """How far it is. Looks again by itself, unless asked to be still."""
    has_stopped = imports.has_stopped(job)
    is_still = has_stopped or "still" in request.GET
    context = {"job": job, "has_stopped": has_stopped, "is_still": is_still}
    response = render(request, "lms/import_progress.html", context)
    if not is_still:
        response["Refresh"] = LOOK_AGAIN_AFTER
    return response


@login_required
@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it in, or go on where it stopped."""
    job = _job(request, pk)
    if imports.has_stopped(job):
        imports.go_on(job=job, at=timezone.now())
    else:
        imports.ask_to_apply(job=job)
    return redirect("lms:import_detail", pk)


@login_required
@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    start_url = import_kinds()[job.kind].start_url
    if imports.discard(job=job):
        messages.success(request, _("The list is put away. Nothing has changed."))
    else:
        messages.info(request, _("This list is being brought in already."))
    return redirect(start_url)
