import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import InPartForm, ReasonForm, SendBackForm
from competencies.models import PlanItem, SignOff
from lms.models import Person, StaffMember, staff_signed_for_by
from lms.step_up import signing

from .histories import histories_to_confirm
from .signers import signed_by_the_director

TYPED = re.compile(r"(note|needs)-(?P<item>[0-9]{1,18})")
TOO_LATE = gettext_lazy("This no longer waits as you saw it. %(name)s")
CHOSEN = re.compile(r"(?P<completion>[0-9]{1,18}):(?P<seen>[0-9a-f]{64})")


def queue(request: HttpRequest) -> QuerySet[PlanItem]:
    """What waits for one's signature, with the facts of signatures elsewhere."""
    elsewhere = SignOff.objects.in_force().select_related(
        "signer", "staff_member__agency"
    )
    return (
        PlanItem.objects.awaiting_signature_by(Person.of(request.user))
        .select_related("person", "staff_member", "topic", "completion__record")
        .select_related("completion__topic", "requirement")
        .prefetch_related("completion__record__evidence")
        .prefetch_related(Prefetch("completion__sign_offs", elsewhere))
        .order_by("person__full_name", "requirement__order")
    )


def returnable_lines(request: HttpRequest) -> QuerySet[PlanItem]:
    """Of what waits, the lines on which this signer may leave words."""
    return queue(request).returnable_by(Person.of(request.user))


def returnable(request: HttpRequest) -> set[int]:
    return set(returnable_lines(request).values_list("pk", flat=True))


@login_required
@signing
def sign_off(request: HttpRequest) -> HttpResponse:
    """Everything that waits for one's signature: sign many at once."""
    if request.method == "POST":
        sign_chosen(request)
        return redirect("lms_competencies:sign_off")
    context = {
        "lines": [(item, actions.seen(item.completion)) for item in queue(request)],
        "returnable": returnable(request),
        "transcripts": transcripts_for(request),
        "alone": signed_by_the_director(
            staff_signed_for_by(Person.of(request.user), timezone.localdate()),
            timezone.localdate(),
        ),
        "histories": histories_to_confirm(request),
    }
    return render(request, "lms_competencies/sign_off.html", context)


def transcripts_for(request: HttpRequest) -> QuerySet[StaffMember]:
    """Those one signs for who brought what they learned at another agency."""
    signed_for = staff_signed_for_by(Person.of(request.user), timezone.localdate())
    return (
        signed_for.employed()
        .filter(transcript_brought_at__isnull=False)
        .select_related("person")
    )


def sign_chosen(request: HttpRequest) -> None:
    """Sign what is chosen; what has a note goes back with it, and what still needs
    something is accepted in part, all with one button."""
    chosen = [CHOSEN.fullmatch(value) for value in request.POST.getlist("sign")]
    lines = {int(each["completion"]): each["seen"] for each in chosen if each}
    settled = _settle_what_has_words(request)
    lines = {key: seen for key, seen in lines.items() if key not in settled}
    if not lines and settled:
        return
    if not lines:
        messages.error(request, _("Nothing was signed: choose the lines first."))
        return
    result = actions.sign(
        signer=Person.of(request.user), lines=lines, at=timezone.now()
    )
    _tell(request, result)


def _settle_what_has_words(request: HttpRequest) -> set[int]:
    """The completions of lines where something was typed: a note, or what is needed."""
    typed = [
        int(match["item"])
        for name, text in request.POST.items()
        if (match := TYPED.fullmatch(name)) and text.strip()
    ]
    lines = list(returnable_lines(request).filter(pk__in=typed))
    for item in lines:
        if request.POST.get(f"note-{item.pk}", "").strip():
            form = SendBackForm(_one_line(request, item.pk))
            _send_back(request, item, form)
        else:
            form = InPartForm(_one_line(request, item.pk))
            _accept_in_part(request, item, form)
        for errors in form.errors.values():
            messages.error(request, f"{item.topic}: {errors[0]}")
    return {item.completion_id for item in lines}


def _one_line(request: HttpRequest, pk: int) -> dict[str, str]:
    """What was typed for one line, on a page of many or on one of its own."""
    return {
        name: request.POST.get(f"{name}-{pk}", request.POST.get(name, ""))
        for name in ("note", "needs", "seen")
    }


def _send_back(request: HttpRequest, item: PlanItem, form: SendBackForm) -> None:
    if form.is_valid():
        was_waiting = actions.send_back(
            item=item,
            by=Person.of(request.user),
            note=form.cleaned_data["note"],
            at=timezone.now(),
        )
        text = _("Sent back to %(name)s with your note.")
        _tell_of_one(request, item, text if was_waiting else TOO_LATE)


def _accept_in_part(request: HttpRequest, item: PlanItem, form: InPartForm) -> None:
    if form.is_valid():
        was_waiting = actions.accept_in_part(
            item=item,
            by=Person.of(request.user),
            seen_digest=form.cleaned_data["seen"],
            needs=form.cleaned_data["needs"],
            at=timezone.now(),
        )
        text = _("Accepted in part: %(name)s reads what is still needed.")
        _tell_of_one(request, item, text if was_waiting else TOO_LATE)


def _tell_of_one(request: HttpRequest, item: PlanItem, text: Any) -> None:
    messages.info(request, text % {"name": item.person})


def _tell(request: HttpRequest, result: actions.Signing) -> None:
    count = len(result.signed)
    if count:
        text = ngettext("Signed %(count)d line.", "Signed %(count)d lines.", count)
        messages.success(request, text % {"count": count})
    for topic, signer in result.already:
        messages.info(
            request,
            _("%(topic)s: %(signer)s had signed already.")
            % {"topic": topic, "signer": signer},
        )
    for topic in result.changed:
        messages.warning(
            request,
            _("%(topic)s changed after you opened this page. Please look again.")
            % {"topic": topic},
        )


@login_required
@require_POST
@signing
def sign_off_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(returnable_lines(request), pk=pk)
    form = SendBackForm(_one_line(request, pk))
    _send_back(request, item, form)
    if not form.is_valid():
        context = {"item": item, "form": form}
        return render(request, "lms_competencies/sign_off_send_back.html", context)
    return _back_to_the_lines(request, item)


@login_required
@require_POST
@signing
def sign_off_in_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done counts; the line stays open and says what it still needs."""
    item = get_object_or_404(returnable_lines(request), pk=pk)
    form = InPartForm(_one_line(request, pk))
    _accept_in_part(request, item, form)
    if not form.is_valid():
        context = {"item": item, "form": form}
        return render(request, "lms_competencies/sign_off_in_part.html", context)
    return _back_to_the_lines(request, item)


def _back_to_the_lines(request: HttpRequest, item: PlanItem) -> HttpResponse:
    if "transcript" in request.POST:
        return redirect("lms_competencies:transcript", item.staff_member_id)
    return redirect("lms_competencies:sign_off")


@login_required
@signing
def sign_off_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own signature, with a reason."""
    own = SignOff.objects.in_force().filter(signer=Person.of(request.user))
    sign_off = get_object_or_404(
        own.select_related("completion__topic", "person", "signer"), pk=pk
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_sign_off(
            sign_off=sign_off, because=form.cleaned_data["reason"], at=timezone.now()
        )
        messages.success(request, _("Your signature is withdrawn."))
        return redirect("lms_competencies:sign_off")
    context = {"form": form, "sign_off": sign_off}
    return render(request, "lms_competencies/sign_off_withdraw.html", context)
