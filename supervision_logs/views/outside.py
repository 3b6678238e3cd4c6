"""A link for one confirmation: who holds it sees the facts of one session, once."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms import policy
from lms.conf import conf
from lms.models import Person
from lms.step_up import sharing
from supervision_logs import actions
from supervision_logs.forms import OutsideForm
from supervision_logs.models import Attendance, OutsideConfirmation

from .access import SESSION, visible_session
from .sessions import own_seat

A_MINUTE = 60


@login_required
@require_POST
def outside_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a supervisor without an account to confirm one's session."""
    _session, seats = visible_session(request, pk)
    own = own_seat(request, seats)
    if own is None or not policy.scopes(SESSION, "ask", own.relations):
        raise Http404
    return _ask(request, own.attendance)


@sharing
def _ask(request: HttpRequest, attendance: Attendance) -> HttpResponse:
    try:
        actions.ask_outside(
            attendance=attendance, by=Person.of(request.user), at=timezone.now()
        )
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        text = _("The link is on its way. It works once, for 7 days.")
        messages.success(request, text)
    session = attendance.version.session_id
    return redirect("lms_supervision_logs:session_detail", session)


def _asks_too_often(request: HttpRequest) -> bool:
    """Counts by address and minute in the shared cache, so by all processes."""
    address = hashlib.sha256(conf.client_address(request).encode()).hexdigest()[:16]
    key = f"lms-outside-hour-{address}-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > A_MINUTE


def _answer(
    request: HttpRequest, page: str, status: int, **context: object
) -> HttpResponse:
    template = f"lms_supervision_logs/outside_{page}.html"
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
def outside_confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """No account: the link, a name, a credential; nothing else of anybody."""
    if _asks_too_often(request):
        return _answer(request, "later", 429)
    asked = actions.asked_by(secret, timezone.now())
    if asked is None:
        return _answer(request, "over", 404)
    form = OutsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_confirmed = actions.confirm_from_outside(
            asked=asked, at=timezone.now(), **form.cleaned_data
        )
        if not is_confirmed:
            return _answer(request, "over", 404)
        return _answer(request, "done", 200, asked=asked)
    return _answer(request, "confirm", 200, asked=asked, form=form, seat=_shown(asked))


def _shown(asked: OutsideConfirmation) -> Attendance:
    """The person's own row of that session: days and minutes, and no words."""
    rows = Attendance.objects.current().filter(version__session=asked.session)
    return rows.select_related("version").get(person=asked.person)
