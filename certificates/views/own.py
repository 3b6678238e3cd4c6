from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from certificates import actions
from certificates.exports import taken_elsewhere, wallet
from certificates.forms import DisclosureForm
from certificates.models import Certificate, Refusal
from lms.models import Person
from lms.step_up import sharing


@login_required
def certificate_list(request: HttpRequest) -> HttpResponse:
    person, today = Person.of(request.user), timezone.localdate()
    own = Certificate.objects.filter(person=person, superseded_at=None)
    context = {
        "certificates": [(each, each.state(today)) for each in own],
        "elsewhere": taken_elsewhere(person),
        "refusals": Refusal.objects.filter(person=person).select_related("award"),
    }
    return render(request, "lms_certificates/certificate_list.html", context)


@login_required
@never_cache
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own certificate: its facts, and exactly what a stranger sees."""
    certificate = _own_certificate(request, pk)
    if request.method != "POST":
        return _show(request, certificate, DisclosureForm(instance=certificate))
    form = DisclosureForm(request.POST, instance=certificate)
    if form.is_valid() and "look" not in request.POST:
        return _let_strangers_see(request, form)
    return _show(request, certificate, form, is_a_look=form.is_valid())


def _show(
    request: HttpRequest,
    certificate: Certificate,
    form: DisclosureForm,
    *,
    is_a_look: bool = False,
) -> HttpResponse:
    """With a form that is looked at, the certificate bears what it would be."""
    today = timezone.localdate()
    context = {
        "certificate": certificate,
        "state": certificate.state(today),
        "facts": certificate.told_to_strangers(today),
        "history": certificate.history(),
        "doubts": certificate.doubts.open(),
        "may_correct": certificate.bears_another_name and certificate.is_standing,
        "form": form,
        "is_a_look": is_a_look,
    }
    return render(request, "lms_certificates/certificate_detail.html", context)


@sharing
def _let_strangers_see(request: HttpRequest, form: DisclosureForm) -> HttpResponse:
    form.save()
    messages.success(request, _("Saved. From now on strangers see this."))
    return redirect("lms_certificates:certificate_detail", form.instance.pk)


def _own_certificate(request: HttpRequest, pk: int) -> Certificate:
    own = Certificate.objects.filter(person=Person.of(request.user))
    own = own.select_related("person", "successor")
    return get_object_or_404(own, pk=pk)


@login_required
@never_cache
@sharing
def wallet_download(request: HttpRequest) -> FileResponse:
    """All of one's own certificates, from here and elsewhere, as one ZIP."""
    return FileResponse(
        wallet(Person.of(request.user)),
        as_attachment=True,
        filename=f"certificates-{timezone.localdate()}.zip",
        content_type="application/zip",
        headers={"X-Content-Type-Options": "nosniff"},
    )


@login_required
@require_POST
def certificate_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The name was corrected since: the certificate is issued anew with it."""
    certificate = _own_certificate(request, pk)
    if not (certificate.bears_another_name and certificate.is_standing):
        return redirect("lms_certificates:certificate_detail", pk)
    try:
        anew = actions.reissue_certificate(
            certificate=certificate,
            because=_("The name was corrected."),
            by=certificate.person,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("lms_certificates:certificate_detail", pk)
    messages.success(request, _("Here it is with your name as it is now."))
    return redirect("lms_certificates:certificate_detail", anew.pk)


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
