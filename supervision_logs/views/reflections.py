"""One's own reflection on a session: sealed, and shared on purpose or not at all."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from lms import policy, vault
from lms.models import Person, SealedKind, SealedShare, SealedText
from lms.sealed import sealed
from lms.step_up import sharing
from supervision_logs.forms import ReflectionForm, ShareForm
from supervision_logs.models import SupervisionSession

from .access import Seat, visible_session
from .sessions import own_seat

OWN = "own reflection"
FIELD = "reflection"


def takes_part(
    request: HttpRequest, session: SupervisionSession, seats: list[Seat]
) -> bool:
    """Whether the reader was there, and so may write for themselves."""
    gave_it = session.given_by_id == Person.of(request.user).pk
    return gave_it or own_seat(request, seats) is not None


def _session(request: HttpRequest, pk: int) -> tuple[SupervisionSession, list[Person]]:
    """A session the reader took part in, and whom they may show words to: the other
    of the two. A group has no such other, but the supervisor."""
    session, seats = visible_session(request, pk)
    relations = frozenset({"author"} if takes_part(request, session, seats) else ())
    if "sealed" not in policy.scopes(OWN, "create", relations):
        raise Http404
    if own_seat(request, seats):
        return session, [session.given_by]
    return session, [seat.attendance.person for seat in seats if seat.sees_words]


def _kept(request: HttpRequest, session: SupervisionSession) -> SealedText | None:
    own = SealedText.objects.visible_to(request.user).of(session, FIELD)
    return own.filter(person=Person.of(request.user)).first()


@login_required
@sealed
def session_reflection(request: HttpRequest, pk: int) -> HttpResponse:
    session, others = _session(request, pk)
    if request.method == "POST" and "delete" in request.POST:
        kept = _kept(request, session)
        if kept is not None:
            kept.delete()
        messages.success(request, _("Deleted for good."))
        return redirect("lms_supervision_logs:session_reflection", pk)
    form = ReflectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sealed(request, session, form):
        messages.success(request, _("Kept, sealed for you alone."))
        return redirect("lms_supervision_logs:session_reflection", pk)
    return _page(request, session, others, form)


@sensitive_variables()
def _sealed(
    request: HttpRequest, session: SupervisionSession, form: ReflectionForm
) -> bool:
    """Seal it, or say in the form why it could not be."""
    try:
        vault.seal(
            form.cleaned_data["words"],
            person=Person.of(request.user),
            kind=SealedKind.REFLECTION,
            row=session,
            field=FIELD,
            on=timezone.localdate(),
        )
    except (vault.VaultClosedError, vault.SealBrokenError):
        form.could_not_be_kept()
        return False
    return True


@sensitive_variables()
def _page(
    request: HttpRequest,
    session: SupervisionSession,
    others: list[Person],
    form: ReflectionForm,
) -> HttpResponse:
    kept, is_broken = _kept(request, session), False
    if kept is not None and not form.is_bound:
        try:
            words = vault.open_own(kept, by=Person.of(request.user))
            form = ReflectionForm(initial={"words": words})
        except vault.SealBrokenError:
            is_broken = True
    context = {
        "session": session,
        "form": form,
        "kept": kept,
        "is_broken": is_broken,
        "share_form": ShareForm(others=others) if kept and others else None,
        "shares": kept.shares.current().select_related("reader") if kept else [],
    }
    return render(request, "lms_supervision_logs/session_reflection.html", context)


@login_required
@require_POST
@sealed
def reflection_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to one person, for some days."""
    session, others = _session(request, pk)
    form = ShareForm(request.POST, others=others)
    return _share(request, session, form)


@sharing
def _share(
    request: HttpRequest, session: SupervisionSession, form: ShareForm
) -> HttpResponse:
    kept = _kept(request, session)
    if kept is not None and form.is_valid():
        today = timezone.localdate()
        reader = form.reader()
        vault.share(
            kept,
            by=Person.of(request.user),
            reader=reader,
            starts_on=today,
            ends_on=today + datetime.timedelta(days=form.cleaned_data["days"]),
        )
        messages.success(request, _("%(name)s can read it now.") % {"name": reader})
    return redirect("lms_supervision_logs:session_reflection", session.pk)


@login_required
@require_POST
def reflection_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody reads it from now on."""
    session, _others = _session(request, pk)
    SealedShare.objects.filter(text=_kept(request, session)).delete()
    messages.success(request, _("Taken back. Nobody but you reads it from now on."))
    return redirect("lms_supervision_logs:session_reflection", pk)


def shared_with(request: HttpRequest, session: SupervisionSession) -> list[SealedText]:
    """What others who took part show to the reader today."""
    texts = SealedText.objects.visible_to(request.user).of(session, FIELD)
    others = texts.exclude(person=Person.of(request.user))
    return list(others.select_related("person"))


@login_required
@sealed
@sensitive_variables()
def reflection_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody shows to the reader; the trail says that it was opened."""
    sessions = SupervisionSession.objects.visible_to(request.user)
    session = get_object_or_404(sessions.select_related("given_by"), pk=pk)
    texts = shared_with(request, session)
    relations = frozenset({"shared with"} if texts else ())
    if not policy.scopes(OWN, "view", relations, "while the share lasts"):
        raise Http404
    reader, now = Person.of(request.user), timezone.now()
    context = {
        "session": session,
        "opened": [
            (text.person, vault.open_shared(text, by=reader, at=now)) for text in texts
        ],
    }
    return render(request, "lms_supervision_logs/reflection_shared.html", context)
