"""A link for one signing: who holds it sees the lines to sign of one plan, once."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from competencies import actions
from competencies.forms import OutsideSigningForm, OutsideSupervisorForm
from competencies.models import Evidence, PlanItem, StaffPlan
from lms import audit
from lms.conf import conf
from lms.models import OneTimeCode, Person, SupervisionTie, signers_for
from lms.policy import holds
from lms.step_up import sharing

from .completions import handed_out
from .plans import own_plan
from .sign_off import CHOSEN

A_MINUTE = 60


@login_required
@sharing
def outside_ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody from outside to sign one's own plan; for whoever directs."""
    plan = own_plan(request)
    if plan is None:
        raise Http404
    may_ask = asks_outside(request, plan)
    tie = actions.outside_tie(plan.person, timezone.localdate())
    form = OutsideSupervisorForm(request.POST or None, initial=_known(tie))
    is_told = may_ask and request.method == "POST" and form.is_valid()
    if is_told and _ask(request, plan, form):
        return redirect("lms_competencies:my_plan")
    context = {
        "form": form,
        "may_ask": may_ask,
        "signers": signers_for(plan.staff_member, timezone.localdate()),
        "waiting": plan.items.filter(progress="awaiting").count(),
        "links": plan.person.one_time_codes.filter(
            purpose=OneTimeCode.Purpose.OUTSIDE
        ).order_by("-pk")[:3],
        "now": timezone.now(),
    }
    return render(request, "lms_competencies/outside_ask.html", context)


def asks_outside(request: HttpRequest, plan: StaffPlan) -> bool:
    """For a director whose plan nobody with an account here may sign."""
    is_director = holds(request.user, "director") and plan.staff_member.is_employed()
    today = timezone.localdate()
    return is_director and actions.needs_outside(plan.staff_member, today)


def _known(tie: SupervisionTie | None) -> dict[str, str]:
    if tie is None:
        return {}
    return {"name": tie.supervisor.full_name, "email": tie.supervisor.email}


def _ask(request: HttpRequest, plan: StaffPlan, form: OutsideSupervisorForm) -> bool:
    try:
        actions.ask_outside(
            staff_member=plan.staff_member,
            **form.cleaned_data,
            by=Person.of(request.user),
            at=timezone.now(),
        )
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, _("The link is on its way. It works once, for 7 days."))
    return True


def _lines(tie: SupervisionTie) -> QuerySet[PlanItem]:
    """What waits for that signature, of that one plan."""
    return (
        PlanItem.objects.awaiting_signature_by(tie.supervisor)
        .filter(staff_member=tie.staff_member)
        .select_related("person", "topic", "completion__record", "completion__topic")
        .prefetch_related("completion__record__evidence")
        .in_plan_order()
    )


def _asks_too_often(request: HttpRequest) -> bool:
    """Counts by address and minute in the shared cache, so by all processes."""
    address = hashlib.sha256(conf.client_address(request).encode()).hexdigest()[:16]
    key = f"lms-outside-{address}-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > A_MINUTE


def _answer(
    request: HttpRequest, page: str, status: int, **context: object
) -> HttpResponse:
    template = f"lms_competencies/outside_{page}.html"
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
def outside_sign(request: HttpRequest, secret: str) -> HttpResponse:
    """No account: the link, a name, a credential; nothing else of anybody."""
    if _asks_too_often(request):
        return _answer(request, "later", 429)
    link = actions.link_by(secret, timezone.now())
    if link is None:
        return _answer(request, "over", 404)
    code, tie = link
    form = OutsideSigningForm(request.POST or None)
    chosen = [CHOSEN.fullmatch(value) for value in request.POST.getlist("sign")]
    lines = {int(each["completion"]): each["seen"] for each in chosen if each}
    if request.method == "POST" and form.is_valid():
        if not lines:
            form.add_error(None, _("Choose the lines you sign."))
        else:
            result = actions.sign_from_outside(
                code=code, tie=tie, lines=lines, at=timezone.now(), **form.cleaned_data
            )
            if result is None:
                return _answer(request, "over", 404)
            if result.signed:
                return _answer(request, "done", 200, result=result, person=code.person)
            text = _("Something changed after you opened this page. Please look again.")
            form.add_error(None, text)
    rows = [(item, actions.seen(item.completion)) for item in _lines(tie)]
    return _answer(
        request,
        "sign",
        200,
        form=form,
        lines=rows,
        chosen=set(lines),
        secret=secret,
        person=code.person,
        agency=tie.staff_member.agency,
        until=code.expires_at,
    )


@never_cache
def outside_evidence(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """A certificate or note that belongs to a line the link is for."""
    if _asks_too_often(request):
        return _answer(request, "later", 429)
    link = actions.link_by(secret, timezone.now())
    if link is None:
        return _answer(request, "over", 404)
    code, tie = link
    records = _lines(tie).values("completion__record")
    evidence = get_object_or_404(Evidence.objects.filter(record__in=records), pk=pk)
    audit.opened(
        what="evidence",
        reader=tie.supervisor,
        about=code.person,
        target=evidence,
        at=timezone.now(),
    )
    answer = handed_out(evidence)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
