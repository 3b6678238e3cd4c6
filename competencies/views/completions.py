from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import CompletionForm, EvidenceForm
from competencies.models import Completion, Evidence, PlanItem, TrainingRecord
from lms import audit, policy
from lms.models import Person

from .access import visible_item


@login_required
def completion_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell of a training taken elsewhere, with its certificate or note."""
    item, how = visible_item(request, pk)
    if not how.adds_completions:
        raise Http404
    form = CompletionForm(
        request.POST or None,
        request.FILES or None,
        item=item,
        initial=_as_sent_back(item),
    )
    if request.method == "POST" and form.is_valid():
        actions.record_outside_training(
            person=item.person,
            topics=[(item.topic, form.cleaned_data.get("portion", ""))],
            told=_told(form, item, is_own=how.is_own),
            recorded_by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved. It waits for a signature now."))
        return redirect("lms_competencies:item_detail", pk)
    context = {"form": form, "item": item, "how": how}
    return render(request, "lms_competencies/completion_add.html", context)


def _as_sent_back(item: PlanItem) -> dict:
    """Nothing typed is lost: what was sent back stands in the form again."""
    if item.progress != "sent_back" or item.completion is None:
        return {"title": item.topic.title}
    record = item.completion.record
    return {
        "title": record.title,
        "provider": record.provider,
        "completed_on": record.noted.mark,
        "hours": record.hours,
    }


def _told(form: CompletionForm, item: PlanItem, *, is_own: bool) -> actions.Told:
    data, hired_on = form.cleaned_data, item.staff_member.hired_on
    noted = data["completed_on"].by(timezone.localdate())
    how = TrainingRecord.How.OUTSIDE if is_own else TrainingRecord.How.SUPERVISOR
    if hired_on and noted.on < hired_on:
        how = TrainingRecord.How.PRIOR
    return actions.Told(
        title=data["title"],
        provider=data["provider"],
        completed_on=noted.on,
        precision=noted.precision,
        hours=data["hours"],
        how=how,
        attachments=[data["certificate"]] if data["certificate"] else [],
    )


@login_required
def evidence_add(request: HttpRequest, pk: int, completion_pk: int) -> HttpResponse:
    """A certificate that came later; what was signed without it is signed again."""
    item, how = visible_item(request, pk)
    if not how.adds_completions:
        raise Http404
    completions = Completion.objects.standing().visible_to(request.user)
    completion = get_object_or_404(
        completions.select_related("record__person"),
        pk=completion_pk,
        person=item.person,
        topic=item.topic,
        record__history=None,
    )
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        void = actions.add_evidence(
            record=completion.record,
            attachment=form.cleaned_data["certificate"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
        text = _("Added. It waits for a signature again.") if void else _("Added.")
        messages.success(request, text)
        return redirect("lms_competencies:item_detail", pk)
    context = {"form": form, "item": item, "completion": completion}
    return render(request, "lms_competencies/evidence_add.html", context)


@login_required
@require_POST
def completion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    if policy.has_left(request.user):
        raise Http404
    own = Completion.objects.standing().filter(person=Person.of(request.user))
    completion = get_object_or_404(own.select_related("person"), pk=pk)
    try:
        actions.withdraw_completion(
            completion=completion, by=completion.person, at=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Taken back. Add it again when it is right."))
    item = PlanItem.objects.filter(
        person=completion.person, topic=completion.topic
    ).last()
    if item is None:
        return redirect("lms_competencies:my_plan")
    return redirect("lms_competencies:item_detail", item.pk)


def _waits_for(request: HttpRequest, evidence: Evidence) -> bool:
    """Whoever signs sees the evidence, also a director where nobody supervises."""
    queue = PlanItem.objects.awaiting_signature_by(Person.of(request.user))
    return queue.filter(completion__record=evidence.record_id).exists()


@login_required
def evidence_download(request: HttpRequest, pk: int) -> FileResponse:
    """A certificate or note, as a file to keep; never shown inside the site."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("person"), pk=pk
    )
    relations = policy.relations(request.user, evidence.person)
    may_view = policy.scopes("completion", "view", relations, "while dated")
    if "evidence" not in may_view and not _waits_for(request, evidence):
        raise Http404
    audit.opened(
        what="evidence",
        reader=Person.of(request.user),
        about=evidence.person,
        target=evidence,
        at=timezone.now(),
    )
    return handed_out(evidence)


def handed_out(evidence: Evidence) -> FileResponse:
    """A file of evidence to keep: nothing in it runs on this site or in its frames."""
    return FileResponse(
        evidence.open(),
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.content_type,
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": (
                "sandbox; default-src 'none'; frame-ancestors 'none'"
            ),
            "X-Content-Type-Options": "nosniff",
        },
    )
