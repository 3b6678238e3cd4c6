import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.conf import conf as hub
from lms.models import Person
from lms.step_up import sharing

from .conf import conf
from .forms import CodeForm, DisclosureForm
from .models import Certificate, Refusal


@login_required
def certificate_list(request: HttpRequest) -> HttpResponse:
    person, today = Person.of(request.user), timezone.localdate()
    own = Certificate.objects.filter(person=person).select_related("award")
    context = {
        "certificates": [(each, each.state(today)) for each in own],
        "refusals": Refusal.objects.filter(person=person).select_related("award"),
    }
    return render(request, "lms_certificates/certificate_list.html", context)


@login_required
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own certificate: its facts, and exactly what a stranger sees."""
    if request.method == "POST":
        return _choose_what_strangers_see(request, pk)
    certificate = _own_certificate(request, pk)
    context = {
        "certificate": certificate,
        "state": certificate.state(timezone.localdate()),
        "form": DisclosureForm(initial={"shows_name": certificate.shows_name}),
        "name": certificate.name if _shows_name(certificate) else "",
    }
    return render(request, "lms_certificates/certificate_detail.html", context)


@sharing
def _choose_what_strangers_see(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = _own_certificate(request, pk)
    form = DisclosureForm(request.POST)
    if form.is_valid():
        certificate.let_strangers_see_name(shown=form.cleaned_data["shows_name"])
        messages.success(request, _("Saved. From now on strangers see this."))
    return redirect("lms_certificates:certificate_detail", pk)


def _own_certificate(request: HttpRequest, pk: int) -> Certificate:
    own = Certificate.objects.filter(person=Person.of(request.user))
    return get_object_or_404(own, pk=pk)


@login_required
@never_cache
def certificate_download(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = _own_certificate(request, pk)
    return HttpResponse(
        bytes(certificate.file.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": (
                f'attachment; filename="certificate-{certificate.number}.pdf"'
            ),
            "X-Content-Type-Options": "nosniff",
        },
    )


def verify_start(request: HttpRequest) -> HttpResponse:
    """For whoever holds a certificate on paper and no phone to scan it."""
    form = CodeForm(request.GET or None)
    if form.is_valid() and form.cleaned_data["code"]:
        return redirect("lms_certificates:verify", form.cleaned_data["code"])
    response = render(request, "lms_certificates/verify_start.html", {"form": form})
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: states facts. Known or not, the answer takes the same one query."""
    if _asks_too_often(request):
        return _answer(request, "lms_certificates/verify_later.html", {}, status=429)
    certificate = Certificate.objects.filter(code=code).first()
    if certificate is None:
        return _answer(request, "lms_certificates/verify.html", {}, status=404)
    state = certificate.state(timezone.localdate())
    context = {
        "certificate": certificate,
        "state": state,
        "name": certificate.name if _shows_name(certificate) else "",
    }
    return _answer(request, "lms_certificates/verify.html", context)


def _shows_name(certificate: Certificate) -> bool:
    """As the holder chose; a certificate that was replaced bears no name."""
    return certificate.shows_name and certificate.superseded_at is None


def _answer(
    request: HttpRequest, template: str, context: dict, status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _asks_too_often(request: HttpRequest) -> bool:
    """Counts by address and minute in the shared cache, so by all processes."""
    address = hashlib.sha256(hub.client_address(request).encode()).hexdigest()[:16]
    key = f"lms-verify-{address}-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > conf.verifications_a_minute
