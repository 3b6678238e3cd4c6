"""One's own log on paper: as a page, a PDF or a table for a spreadsheet.

Its columns are those Massachusetts asks agencies to be able to show of supervision:
how often, in what format, with whose signature and credentials, and general content
(130 CMR 418.410).
"""

import datetime
import html
import io
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms import pdf, policy
from lms.exports import Cell, csv_response
from lms.models import Person
from lms.step_up import sharing
from supervision_logs.forms import LogSheetForm
from supervision_logs.hours import Totals, month_of, totals
from supervision_logs.models import (
    Attendance,
    MonthlyConfirmation,
    OutsideConfirmation,
    SessionVersion,
)
from supervision_logs.reports import held_by

from .access import SESSION
from .months import attended_by

A_YEAR = datetime.timedelta(days=364)
A_TABLE = 40  # rows: setting one long table takes much longer than several short ones
CHARACTERS = 40


@dataclass(frozen=True)
class Row:
    """One session in words."""

    day: datetime.date
    minutes: int
    purposes: str
    kind: str
    supervisor: str
    content: str
    confirmed: str

    @property
    def lines(self) -> list[str]:
        """The content, cut so that no word is wider than its column."""
        return textwrap.wrap(self.content, CHARACTERS)


@dataclass(frozen=True)
class Sheet:
    rows: Sequence[Row]
    totals: Totals
    confirmations: Sequence[MonthlyConfirmation]
    supervisors: Sequence[str]

    @property
    def tables(self) -> list[Sequence[Row]]:
        return [
            self.rows[start : start + A_TABLE]
            for start in range(0, len(self.rows), A_TABLE)
        ]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """Minutes by format and by purpose, each list adding up to all of them."""
        formats = [
            (str(SessionVersion.Format(key).label), minutes)
            for key, minutes in sorted(self.totals.by_format.items())
        ]
        purposes = [
            (_purpose(key), minutes)
            for key, minutes in sorted(self.totals.by_purpose.items(), reverse=True)
        ]
        return [*formats, *purposes]


def _purpose(key: str) -> str:
    if not key:
        return _("for no single purpose")
    return str(SessionVersion._meta.get_field(f"{key}_minutes").verbose_name)


def _person(request: HttpRequest) -> Person:
    person = Person.of(request.user)
    own = frozenset({"own"} if person else ())
    if not policy.scopes(SESSION, "export", own):
        raise Http404
    return person


@login_required
@never_cache
def log_sheet(request: HttpRequest) -> HttpResponse:
    """Choose the days and what goes along; then it asks once more who one is."""
    _person(request)
    today = timezone.localdate()
    if "as" not in request.GET:
        first = month_of(today - A_YEAR)
        form = LogSheetForm(initial={"first": first, "last": today})
        return render(request, "lms_supervision_logs/log_sheet.html", {"form": form})
    form = LogSheetForm(request.GET)
    if not form.is_valid():
        return render(request, "lms_supervision_logs/log_sheet.html", {"form": form})
    return _hand_out(request, form)


@sharing
def _hand_out(request: HttpRequest, form: LogSheetForm) -> HttpResponse:
    person = _person(request)
    sheet = sheet_of(person, form.cleaned_data)
    if request.GET["as"] == "csv":
        return _as_csv(sheet)
    context = {"person": person, "sheet": sheet, "today": timezone.localdate()}
    context |= {"chosen": form.cleaned_data, "places": _places(person)}
    if request.GET["as"] == "pdf":
        return _as_pdf(request, context)
    return render(request, "lms_supervision_logs/log_print.html", context)


def _places(person: Person) -> str:
    staff = person.staff_members.select_related("agency").order_by("hired_on", "pk")
    return ", ".join(dict.fromkeys(str(each.agency) for each in staff))


def sheet_of(person: Person, chosen: dict[str, Any]) -> Sheet:
    days = (chosen["first"], chosen["last"])
    attendances = list(
        attended_by(person)
        .current()
        .held()
        .filter(version__held_on__range=days)
        .with_facts()
        .order_by("version__held_on", "version__session")
    )
    signed = _signed(person, attendances)
    outside = _outside(attendances)
    rows = [
        _row(each, chosen, signed[_key(each)], outside.get(_key(each), ""))
        for each in attendances
    ]
    used = {
        each.pk: each for attendance in attendances for each in signed[_key(attendance)]
    }
    supervisors = dict.fromkeys(row.supervisor for row in rows)
    return Sheet(
        rows,
        totals(map(held_by, attendances)),
        sorted(used.values(), key=lambda each: (each.month, each.at)),
        list(supervisors),
    )


def _key(attendance: Attendance) -> tuple[int, int]:
    return attendance.version.session_id, attendance.version.number


def _signed(
    person: Person, attendances: Sequence[Attendance]
) -> dict[tuple[int, int], list[MonthlyConfirmation]]:
    """Which confirmations there are of each version of a session."""
    months = {month_of(each.version.held_on) for each in attendances}
    rows = MonthlyConfirmation.objects.filter(person=person, month__in=months)
    found = defaultdict(list)
    for row in rows.select_related("person", "supervisor"):
        for session, version in row.versions:
            found[session, version].append(row)
    return found


def _outside(attendances: Sequence[Attendance]) -> dict[tuple[int, int], str]:
    """As whom somebody without an account confirmed each version of a session."""
    rows = OutsideConfirmation.objects.confirmed().filter(
        session__in=[each.version.session_id for each in attendances],
        person__in={each.person_id for each in attendances},
    )
    return {(each.session_id, each.version_number): each.confirmed_as for each in rows}


def _row(
    attendance: Attendance,
    chosen: dict[str, Any],
    signed: Sequence[MonthlyConfirmation],
    outside: str,
) -> Row:
    version = attendance.version
    return Row(
        day=version.held_on,
        minutes=attendance.minutes,
        purposes=", ".join(_parts(attendance)),
        kind=", ".join(
            [
                version.get_format_display(),
                version.get_occasion_display(),
                version.get_mode_display(),
            ]
        ),
        supervisor=version.session.given_by.full_name,
        content=_content(attendance, chosen),
        confirmed=_confirmed(attendance, signed, outside),
    )


def _parts(attendance: Attendance) -> Iterator[str]:
    for key, minutes in held_by(attendance).purposes.items():
        if minutes:
            yield _("%(purpose)s %(minutes)d") % {
                "purpose": _purpose(key),
                "minutes": minutes,
            }


def _content(attendance: Attendance, chosen: dict[str, Any]) -> str:
    words = []
    if chosen["with_themes"]:
        words.append(", ".join([*attendance.themes, *attendance.components]))
    if chosen["with_summaries"]:
        words.append(" ".join(attendance.summary.split()))
    return ". ".join(filter(None, words))


def _confirmed(
    attendance: Attendance, signed: Sequence[MonthlyConfirmation], outside: str
) -> str:
    version = attendance.version
    if outside:
        return _("from outside by %(name)s") % {"name": outside}
    if {each.is_own for each in signed} == {True, False}:
        return _("by both")
    if signed:
        return _("by %(name)s") % {"name": signed[0].by.full_name}
    if version.origin == SessionVersion.Origin.IMPORTED:
        return str(version.get_origin_display())
    return _("logged by %(name)s") % {"name": version.logged_by.full_name}


def _as_csv(sheet: Sheet) -> HttpResponse:
    header = [
        *(_("Day"), _("Minutes"), _("Of that"), _("Format"), _("Supervisor")),
        *(_("General content"), _("Confirmed")),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.day, row.minutes, row.purposes, row.kind, row.supervisor),
            *(row.content, row.confirmed),
        ]
        for row in sheet.rows
    ]
    return csv_response("supervision-log.csv", header, rows)


def _as_pdf(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    try:
        content = render_log(context)
    except CannotBeSet as error:
        messages.warning(request, str(error))
        return redirect("lms_supervision_logs:log_sheet")
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename="supervision-log.pdf",
        headers={"X-Content-Type-Options": "nosniff"},
    )


class CannotBeSet(ValueError):  # noqa: N818  (says what happened)
    """The log holds characters that no font here can set rightly."""


def render_log(context: dict[str, Any]) -> bytes:
    """The log as a PDF. Raises ``CannotBeSet`` rather than print boxes."""
    page = render_to_string(
        "lms_supervision_logs/pdf/log.html",
        {**context, "fonts": pdf.fonts(), "language": get_language()},
    )
    page = unicodedata.normalize("NFC", page)
    missing = pdf.cannot_be_set("".join(html.unescape(strip_tags(page)).split()))
    if missing:
        raise CannotBeSet(
            _(
                "The PDF cannot show some characters of your log rightly yet "
                "(%(characters)s). Open the page to print, and save it as a PDF there."
            )
            % {"characters": " ".join(missing)}
        )
    return pdf.set_page(page, context["today"])
