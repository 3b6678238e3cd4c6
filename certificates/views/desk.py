"""The training team's desk: one certificate at a time, by the number that somebody
told them, and those that came into doubt. It lists nobody else."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certificates import actions
from certificates.forms import NumberForm, ReasonForm
from certificates.models import Award, AwardRun, Certificate
from lms import audit, policy
from lms.models import Person
from lms.step_up import signing

View = Callable[..., HttpResponse]


def is_looked_after_by(request: HttpRequest) -> bool:
    standing = policy.relations_to_program(request.user)
    return bool(policy.scopes("certificate", "revoke", standing, "valid"))


def looking_after(view: View) -> View:
    """Mark a view for those who look after certificates; to others it is not there."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_looked_after_by(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@looking_after
def desk(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.GET or None)
    if form.is_valid():
        return redirect(
            "lms_certificates:desk_certificate", form.cleaned_data["number"]
        )
    context = {
        "form": form,
        "in_doubt": Certificate.objects.in_doubt().distinct(),
        "awards": Award.objects.filter(is_active=True),
        "runs": AwardRun.objects.select_related("award")[:5],
    }
    return render(request, "lms_certificates/desk.html", context)


@looking_after
def desk_certificate(request: HttpRequest, number: str) -> HttpResponse:
    certificate = _numbered(number)
    audit.opened(
        what="certificate",
        reader=Person.of(request.user),
        about=certificate.person,
        target=certificate,
        at=timezone.now(),
    )
    return _show(request, certificate, {})


def _numbered(number: str) -> Certificate:
    found = Certificate.objects.select_related("person", "award", "successor")
    return get_object_or_404(found, number=number.upper())


def _show(
    request: HttpRequest, certificate: Certificate, forms: dict[str, ReasonForm]
) -> HttpResponse:
    context = {
        "certificate": certificate,
        "state": certificate.state(timezone.localdate()),
        "history": certificate.history(),
        "doubts": certificate.doubts.open(),
        "revoke_form": forms.get("revoke") or ReasonForm(prefix="revoke"),
        "reissue_form": forms.get("reissue") or ReasonForm(prefix="reissue"),
        "keep_form": forms.get("keep") or ReasonForm(prefix="keep"),
    }
    return render(request, "lms_certificates/desk_certificate.html", context)


@require_POST
@looking_after
@signing
def desk_revoke(request: HttpRequest, number: str) -> HttpResponse:
    return _act(
        request, number, "revoke", actions.revoke_certificate, _("It is taken back.")
    )


@require_POST
@looking_after
@signing
def desk_reissue(request: HttpRequest, number: str) -> HttpResponse:
    return _act(
        request, number, "reissue", actions.reissue_certificate, _("Issued anew.")
    )


@require_POST
@looking_after
@signing
def desk_keep(request: HttpRequest, number: str) -> HttpResponse:
    return _act(
        request, number, "keep", actions.keep_certificate, _("It stays as it is.")
    )


def _act(
    request: HttpRequest,
    number: str,
    prefix: str,
    act: Callable[..., Certificate | None],
    said: str,
) -> HttpResponse:
    """Each act needs a reason; what was typed stays on the page when it cannot be."""
    certificate = _numbered(number)
    form = ReasonForm(request.POST, prefix=prefix)
    if not form.is_valid():
        return _show(request, certificate, {prefix: form})
    try:
        changed = act(
            certificate=certificate,
            because=form.cleaned_data["because"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error("because", refusal)
        return _show(request, certificate, {prefix: form})
    messages.success(request, said)
    shown = changed or certificate
    return redirect("lms_certificates:desk_certificate", shown.number)
