"""Completed trainings from another system: columns and titles are chosen first."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from competencies.forms import ColumnsForm, TitlesForm
from competencies.imports import (
    TRAININGS,
    is_own_sheet,
    meanings,
    remember_columns,
    remember_titles,
    titles_in,
    understand_own_sheet,
)
from competencies.rules import folded
from lms import imports
from lms.forms import ImportForm
from lms.models import Import, Person, agencies_directed_by

from .sheets import left_out

TITLES_AT_ONCE = 25


@login_required
def training_import(request: HttpRequest) -> HttpResponse:
    agencies = agencies_directed_by(Person.of(request.user), timezone.localdate())
    if not agencies:
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        job = imports.begin(
            kind=TRAININGS.key,
            agency=form.cleaned_data["agency"],
            table=form.cleaned_data["table"],
            columns={},
            file_name=request.FILES["table"].name,
            by=Person.of(request.user),
            at=timezone.now(),
        )
        if is_own_sheet(job):
            understand_own_sheet(job)
            return _next_page(job)
        return redirect("lms_competencies:training_import_columns", job.pk)
    jobs = Import.objects.visible_to(request.user).filter(kind=TRAININGS.key)
    today = timezone.localdate()
    sheets = [(agency, left_out(agency, today)) for agency in agencies]
    context = {"form": form, "jobs": jobs, "sheets": sheets}
    return render(request, "lms_competencies/training_import.html", context)


def _open_job(request: HttpRequest, pk: int) -> Import:
    jobs = Import.objects.visible_to(request.user).select_related("agency")
    return get_object_or_404(jobs, pk=pk, kind=TRAININGS.key, state__in=imports.OPEN)


@login_required
def training_import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    job = _open_job(request, pk)
    initial = {"is_day_first": job.is_day_first}
    form = ColumnsForm(request.POST or None, job=job, initial=initial)
    if request.method == "POST" and form.is_valid():
        imports.choose_columns(
            job=job,
            columns=form.columns(),
            is_day_first=form.cleaned_data["is_day_first"],
        )
        remember_columns(job)
        return _next_page(job)
    context = {"form": form, "job": job}
    return render(request, "lms_competencies/training_import_columns.html", context)


@login_required
def training_import_titles(request: HttpRequest, pk: int) -> HttpResponse:
    """Some titles at a time: those nobody has said anything about come first."""
    job = _open_job(request, pk)
    if not job.columns:
        return redirect("lms_competencies:training_import_columns", pk)
    titles = titles_in(job)
    if request.method == "POST":
        shown = [each for each in titles if f"line_{each[0]}" in request.POST]
    else:
        shown = Paginator(titles, TITLES_AT_ONCE).get_page(request.GET.get("page"))
    form = TitlesForm(request.POST or None, job=job, titles=list(shown))
    if request.method == "POST" and form.is_valid():
        remember_titles(agency=job.agency, chosen=form.chosen())
        return _next_page(job)
    context = {"form": form, "job": job, "page": shown}
    return render(request, "lms_competencies/training_import_titles.html", context)


def _next_page(job: Import) -> HttpResponse:
    """The titles, as long as one is unknown; then the list as it would come in."""
    known = meanings(job.agency)
    if any(folded(title) not in known for _line, title in titles_in(job)):
        return redirect("lms_competencies:training_import_titles", job.pk)
    imports.look_at(job=job)
    return redirect("lms:import_detail", job.pk)
