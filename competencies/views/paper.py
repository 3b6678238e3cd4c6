"""The plan in the layout of the paper form: to print, and as a PDF of one's own.

The guide's form has four columns (topic, training information, notes/additional follow
up, date completed); a priority and the supervisor's signature stand beside them here.
"""

import datetime
import html
import io
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from competencies.models import SignOff, StaffPlan
from competencies.rules import Status, day
from lms import pdf
from lms.step_up import sharing

from .access import Standing, note_opening, standing, visible_plan
from .lines import PhasePart, PlanLine, phases_of
from .plans import own_plan
from .signers import who_signs

# What fits the cells of the PDF: a row is never higher than a page.
CHARACTERS = {"topic": 40, "information": 33, "notes": 34}
LINES = 22


@dataclass(frozen=True)
class PaperLine:
    """One row of the form, all of it in words."""

    topic: str
    under_topic: str
    date: str
    why: str
    information: str
    priority: str
    notes: str
    completed: str
    signature: str

    def rows(self) -> Iterator[dict[str, list[str]]]:
        """The row of the PDF, and more rows below it where words are long."""
        cells = [_pieces(getattr(self, name), CHARACTERS[name]) for name in CHARACTERS]
        for pieces in zip_longest(*cells, fillvalue=[]):
            yield dict(zip(CHARACTERS, pieces, strict=True))


def _pieces(text: str, width: int) -> list[list[str]]:
    lines = [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, width) or [""]
    ]
    pieces = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return pieces or [[]]


@login_required
def my_plan_print(request: HttpRequest) -> HttpResponse:
    plan = own_plan(request)
    if plan is None:
        raise Http404
    return _print_page(request, plan, standing(request, plan.staff_member))


@login_required
def plan_print(request: HttpRequest, pk: int) -> HttpResponse:
    plan, how = visible_plan(request, pk)
    return _print_page(request, plan, how)


def _print_page(request: HttpRequest, plan: StaffPlan, how: Standing) -> HttpResponse:
    note_opening(request, how, plan, "plan_print")
    context = paper_context(request, plan, how)
    return render(request, "lms_competencies/plan_print.html", context)


@login_required
@never_cache
def my_plan_pdf(request: HttpRequest) -> HttpResponse:
    """One's own plan as a file to keep or hand on, with the two people's words."""
    if own_plan(request) is None:
        raise Http404
    return _download(request)


@sharing
def _download(request: HttpRequest) -> HttpResponse:
    plan = own_plan(request)
    context = paper_context(request, plan, standing(request, plan.staff_member))
    try:
        content = render_plan(context)
    except CannotBeSet as error:
        messages.warning(request, str(error))
        return redirect("lms_competencies:my_plan")
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename="training-plan.pdf",
        headers={"X-Content-Type-Options": "nosniff"},
    )


class CannotBeSet(ValueError):  # noqa: N818  (says what happened)
    """The plan holds characters that no font here can set rightly."""


def render_plan(context: dict[str, Any]) -> bytes:
    """The plan as a PDF. Raises ``CannotBeSet`` rather than print boxes."""
    page = render_to_string(
        "lms_competencies/pdf/plan.html",
        {**context, "fonts": pdf.fonts(), "language": get_language()},
    )
    page = unicodedata.normalize("NFC", page)
    missing = pdf.cannot_be_set("".join(html.unescape(strip_tags(page)).split()))
    if missing:
        raise CannotBeSet(
            _(
                "The PDF cannot show some characters of your plan rightly yet "
                "(%(characters)s). Open the print view, and save it as a PDF there."
            )
            % {"characters": " ".join(missing)}
        )
    return pdf.set_page(page, context["today"])


def paper_context(
    request: HttpRequest, plan: StaffPlan, how: Standing
) -> dict[str, Any]:
    today = timezone.localdate()
    parts = phases_of(request, plan, today)
    return {
        "plan": plan,
        "staff_member": plan.staff_member,
        "signing": who_signs(request, plan.staff_member, how, today),
        "phases": list(_on_paper(request, plan, parts, how)),
        "today": today,
    }


def _on_paper(
    request: HttpRequest, plan: StaffPlan, parts: Iterable[PhasePart], how: Standing
) -> Iterator[tuple[str, list[PaperLine]]]:
    signed = _signatures(request, plan)
    for part in parts:
        lines = [
            _paper_line(line, how, signed.get(line.item.completion_id, ""))
            for line in part.lines
        ]
        yield part.phase.title, lines


def _signatures(request: HttpRequest, plan: StaffPlan) -> dict[int, str]:
    """The signature on each line's newest completion, as the reader may see it."""
    rows = (
        SignOff.objects.visible_to(request.user)
        .in_force()
        .filter(staff_member=plan.staff_member_id)
        .select_related("signer")
        .order_by("signed_at")
    )
    return {
        row.completion_id: f"{row.signer}, {_day(timezone.localdate(row.signed_at))}"
        for row in rows
    }


def _paper_line(line: PlanLine, how: Standing, signature: str) -> PaperLine:
    item, words = line.item, how.sees_words
    under = _("Recommended")
    if line.is_required:
        under = capfirst(item.get_portion_display()) if item.portion else ""
    is_dated = not line.is_done or item.renew_on
    return PaperLine(
        topic=str(item.topic),
        under_topic=under,
        date=_date(line) if is_dated else "",
        why=_why(line, how),
        information=(words and item.training_information) or _training(line),
        priority=str(item.priority or "") if words else "",
        notes="\n".join(filter(None, [words and item.notes, _state(line, how)])),
        completed=_completed(line),
        signature=signature,
    )


def _day(on: datetime.date | None) -> str:
    return day(on) if on else ""


def _completed(line: PlanLine) -> str:
    """Every cycle's day, the newest last."""
    days = [each.said() for each in line.earlier_days]
    if line.item.noted:
        days.append(line.item.noted.said())
    return "\n".join(days)


def _date(line: PlanLine) -> str:
    if line.date is None:
        return ""
    if line.item.renew_on:
        text = _("Renew by %(date)s")
    else:
        text = _("Due %(date)s") if line.is_deadline else _("Aim for %(date)s")
    return text % {"date": _day(line.date)}


def _why(line: PlanLine, how: Standing) -> str:
    item, why = line.item, line.explanation
    if item.agreed_on and why and not item.renew_on:
        agreed = _("You agreed on %(date)s (%(name)s).") % {
            "date": _day(item.agreed_on),
            "name": item.agreed_by,
        }
        why = f"{why} {agreed}"
        if how.sees_words:
            why = f"{why} {item.agreed_because}"
    return why.strip()


def _training(line: PlanLine) -> str:
    completion = line.item.completion
    if completion is None:
        return ""
    record = completion.record
    return ", ".join(filter(None, [record.title, record.provider]))


def _state(line: PlanLine, how: Standing) -> str:
    if line.status == Status.WAIVED:
        return capfirst(line.item.get_waived_as_display())
    if line.status == Status.BOOKED:
        return _("Booked for %(date)s") % {"date": _day(line.item.booked_on)}
    if line.status == Status.IN_PART:
        return _in_part(line, how)
    return _("Awaiting sign-off") if line.status == Status.AWAITING else ""


def _in_part(line: PlanLine, how: Standing) -> str:
    if line.in_part is None or not how.sees_words:
        return _("Accepted in part")
    told = {"needs": line.in_part.still_needs}
    return _("Accepted in part. Still needs: %(needs)s") % told
