"""Logging a session, looking at it, saying it anew, and adding one's own side."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import audit, policy
from lms.models import Person, SealedShare, SealedText, StaffMember
from supervision_logs import actions
from supervision_logs.forms import GroupForm, NotHeldForm, RemarkForm, SessionForm
from supervision_logs.models import (
    MonthlyConfirmation,
    OutsideConfirmation,
    SessionRemark,
    SessionVersion,
    SupervisionSession,
    staff_met_by,
)
from supervision_logs.reports import purpose_asked

from .access import (
    SESSION,
    Pair,
    Seat,
    allowed_pair,
    tie_held,
    visible_session,
)

INDIVIDUAL, GROUP = SessionVersion.Format.INDIVIDUAL, SessionVersion.Format.GROUP


def _is_tied(pair: Pair) -> Any:
    return lambda day: tie_held(pair.staff_member, pair.supervisor, day)


@login_required
def session_log(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    """Log an hour of the two: with one tap from elsewhere, or by this short form."""
    pair = allowed_pair(request, (staff, supervisor), SESSION, "create", "facts")
    today = timezone.localdate()
    initial = {"form_key": uuid.uuid4(), "held_on": today}
    if purpose := purpose_asked(pair.staff_member, today):
        initial[f"{purpose}_minutes"] = SessionForm.base_fields["minutes"].initial
    form = SessionForm(request.POST or None, initial=initial, is_tied=_is_tied(pair))
    if request.method == "POST" and form.is_valid():
        told = actions.Told(
            {**form.facts(), "format": INDIVIDUAL},
            {pair.staff_member: None},
            form.words(),
        )
        if _logged(request, form, pair.supervisor, told):
            messages.success(
                request, _("Logged. %(name)s sees it too.") % {"name": pair.other}
            )
            return redirect("lms_supervision_logs:our_hour", *pair.key)
    context = {"pair": pair, "form": form}
    return render(request, "lms_supervision_logs/session_log.html", context)


def _logged(
    request: HttpRequest, form: SessionForm, given_by: Person, told: actions.Told
) -> bool:
    """Log it, or say in the form why it could not be."""
    try:
        actions.log_session(
            given_by=given_by,
            told=told,
            by=Person.of(request.user),
            at=timezone.now(),
            form_key=form.cleaned_data.get("form_key"),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@login_required
def session_not_held(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    """An hour that was moved to another day, or not held."""
    pair = allowed_pair(request, (staff, supervisor), SESSION, "create", "facts")
    form = NotHeldForm(
        request.POST or None, initial={"held_on": request.GET.get("day", "")}
    )
    if request.method == "POST" and form.is_valid():
        told = actions.Told(form.facts(), {pair.staff_member: None})
        actions.log_session(
            given_by=pair.supervisor, told=told, by=pair.reader, at=timezone.now()
        )
        messages.success(request, _("Noted."))
        return redirect("lms_supervision_logs:our_hour", *pair.key)
    context = {"pair": pair, "form": form}
    return render(request, "lms_supervision_logs/session_not_held.html", context)


def roster_of(reader: Person | None) -> QuerySet[StaffMember]:
    """Whom somebody who supervises may have in a group: everyone who works where
    those they supervise do. Nobody, for who supervises nobody."""
    agencies = staff_met_by(reader).values("agency")
    staff = StaffMember.objects.employed(timezone.localdate())
    return (
        staff.filter(agency__in=agencies)
        .exclude(person=reader)
        .select_related("person", "agency")
        .order_by("person__full_name")
    )


@login_required
def group_log(request: HttpRequest) -> HttpResponse:
    reader = Person.of(request.user)
    roster = roster_of(reader)
    leads = frozenset({"facilitator"} if roster.exists() else ())
    if "roster" not in policy.scopes(SESSION, "create", leads, "group"):
        raise Http404
    form = GroupForm(
        request.POST or None,
        staff=roster,
        initial={"form_key": uuid.uuid4(), "held_on": timezone.localdate()},
        is_tied=lambda _day: True,
    )
    if request.method == "POST" and form.is_valid():
        told = actions.Told(
            {**form.facts(), "format": GROUP}, form.roster(), form.words()
        )
        if _logged(request, form, reader, told):
            messages.success(request, _("Logged, with everybody's own minutes."))
            return redirect("lms_supervision_logs:supervision")
    return render(request, "lms_supervision_logs/group_log.html", {"form": form})


@login_required
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    session, seats = visible_session(request, pk)
    return _detail(request, session, seats)


def _detail(
    request: HttpRequest, session: SupervisionSession, seats: list[Seat], **bound: Any
) -> HttpResponse:
    _note_opening(request, session, seats)
    own = own_seat(request, seats)
    versions = session.versions.select_related("logged_by")
    remarks = SessionRemark.objects.visible_to(request.user).filter(session=session)
    context = {
        "session": session,
        "seats": seats,
        "own": own,
        "version": seats[0].attendance.version,
        "words": next((seat.attendance for seat in seats if seat.sees_words), None),
        "versions": versions.order_by("-number"),
        "remarks": remarks.select_related("person"),
        "may_change": _may_change(session, seats),
        "remark_form": RemarkForm() if own and _may_object(own) else None,
        "outside": OutsideConfirmation.objects.visible_to(request.user)
        .filter(session=session)
        .last(),
        "asks_outside": own is not None and session.given_by.user_id is None,
        "takes_part": own is not None
        or session.given_by_id == Person.of(request.user).pk,
        "shown": SealedShare.objects.current()
        .filter(reader=Person.of(request.user))
        .filter(text__in=SealedText.objects.of(session))
        .exists(),
        **bound,
    }
    return render(request, "lms_supervision_logs/session_detail.html", context)


def own_seat(request: HttpRequest, seats: list[Seat]) -> Seat | None:
    reader = Person.of(request.user)
    return next((s for s in seats if s.attendance.person_id == reader.pk), None)


def _may_object(seat: Seat) -> bool:
    return "words" in policy.scopes(SESSION, "object", seat.relations)


def _note_opening(
    request: HttpRequest, session: SupervisionSession, seats: list[Seat]
) -> None:
    for seat in seats:
        if seat.sees_words:
            audit.opened(
                what="supervision_session",
                reader=Person.of(request.user),
                about=seat.attendance.person,
                target=session,
                at=timezone.now(),
            )


def _may_change(session: SupervisionSession, seats: list[Seat]) -> bool:
    """Either of two; in a group whoever gave it, and the others say what is off."""
    if seats[0].attendance.version.format == GROUP:
        giving = "supervisor of its record"
        return any(giving in seat.relations for seat in seats)
    return any("facts" in seat.may("correct") for seat in seats)


@login_required
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it anew: a further version. The earlier ones stay."""
    session, seats = visible_session(request, pk)
    if not _may_change(session, seats):
        raise Http404
    form = _change_form(request, session, seats)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _amended(request, session, seats, form):
        return redirect("lms_supervision_logs:session_detail", pk)
    context = {"session": session, "seats": seats, "form": form}
    return render(request, "lms_supervision_logs/session_change.html", context)


def _change_form(
    request: HttpRequest, session: SupervisionSession, seats: list[Seat]
) -> SessionForm:
    version, first = seats[0].attendance.version, seats[0].attendance
    initial = {
        name: getattr(version, name) or None
        for name in ("held_on", "minutes", "mode", "occasion", *version.PURPOSE_FIELDS)
    }
    words = next((seat.attendance for seat in seats if seat.sees_words), None)
    if words:
        initial |= {
            name: getattr(words, name) for name in ("summary", "themes", "components")
        }
    more = {
        "initial": {**initial, "minutes": version.minutes or 60},
        "needs_reason": _was_confirmed(session),
    }
    if version.format != GROUP:
        return SessionForm(
            request.POST or None,
            is_tied=lambda day: tie_held(first.staff_member, session.given_by, day),
            **more,
        )
    for seat in seats:
        own = seat.attendance
        more["initial"][f"with_{own.staff_member_id}"] = True
        if own.minutes != version.minutes:
            more["initial"][f"minutes_{own.staff_member_id}"] = own.minutes
    here = [seat.attendance.staff_member for seat in seats]
    staff = {each.pk: each for each in [*here, *roster_of(session.given_by)]}
    return GroupForm(
        request.POST or None,
        staff=sorted(staff.values(), key=lambda each: each.person.full_name),
        is_tied=lambda _day: True,
        **more,
    )


def _was_confirmed(session: SupervisionSession) -> bool:
    """Whether a month was confirmed with the session as it stands."""
    pair = [session.pk, session.version_number]
    rows = MonthlyConfirmation.objects.filter(
        supervisor=session.given_by,
        staff_member__in=session.versions.values("attendances__staff_member"),
    )
    return any(pair in versions for versions in rows.values_list("versions", flat=True))


def _amended(
    request: HttpRequest,
    session: SupervisionSession,
    seats: list[Seat],
    form: SessionForm,
) -> bool:
    """Write the further version, or say in the form why it could not be."""
    version = seats[0].attendance.version
    is_group = isinstance(form, GroupForm)
    roster = form.roster() if is_group else {seats[0].attendance.staff_member: None}
    told = actions.Told(
        {**form.facts(), "format": version.format}, roster, form.words()
    )
    try:
        expected = int(request.POST.get("version", ""))
    except ValueError:
        expected = 0
    is_current = actions.amend_session(
        session=session,
        expected=expected,
        told=told,
        by=Person.of(request.user),
        at=timezone.now(),
    )
    if not is_current:
        form.add_error(
            None,
            _(
                "Somebody changed this session after you opened this page. What stands "
                "now: %(now)s. Look at it, and save again if yours is right."
            )
            % {"now": version},
        )
        return False
    messages.success(request, _("Changed. What was said before stays below."))
    return True


@login_required
@require_POST
def session_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Something's off, or my side: attached for good."""
    session, seats = visible_session(request, pk)
    own = own_seat(request, seats)
    if own is None or not _may_object(own):
        raise Http404
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _detail(request, session, seats, remark_form=form)
    actions.remark(attendance=own.attendance, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Added. It stays with this session."))
    return redirect("lms_supervision_logs:session_detail", pk)
