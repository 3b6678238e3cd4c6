"""My Wellness Vision: for oneself, sealed, changed and deleted at will."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import vault
from lms.models import Person
from lms.sealed import sealed
from supervision_logs import actions
from supervision_logs.forms import VisionForm
from supervision_logs.models import vision_of
from supervision_logs.rules import read_vision

from .wellness import helplines, own_person


@login_required
@sealed
def vision(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    kept, is_broken, initial = vision_of(person).first(), False, {}
    if kept:
        try:
            initial = read_vision(vault.open_own(kept, by=person))
        except vault.SealBrokenError:
            is_broken = True
    form = VisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save(form, person):
        messages.success(request, _("Kept, for you alone."))
        return redirect("lms_supervision_logs:vision")
    context = helplines(request) | {"form": form, "kept": kept, "is_broken": is_broken}
    return render(request, "lms_supervision_logs/vision.html", context)


def _save(form: VisionForm, person: Person) -> bool:
    today = timezone.localdate()
    try:
        actions.save_vision(person=person, answers=form.cleaned_data, on=today)
    except vault.TooLongError:
        form.too_long()
        return False
    except (vault.VaultClosedError, vault.SealBrokenError):
        form.could_not_be_kept()
        return False
    return True


@login_required
@require_POST
def vision_delete(request: HttpRequest) -> HttpResponse:
    vision_of(own_person(request)).delete()
    messages.success(request, _("Deleted for good."))
    return redirect("lms_supervision_logs:vision")
