"""For the system administrator: acts, never whose records they were about."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lms import audit, policy
from lms.forms import TrailForm
from lms.models import Access, AuditEntry

A_PAGE = 50


@login_required
@never_cache
def security_trail(request: HttpRequest) -> HttpResponse:
    if not policy.holds(request.user, Access.Kind.ADMINISTRATOR):
        raise Http404
    form = TrailForm(request.GET)
    entries = form.entries(AuditEntry.objects.all())
    entries = entries.select_related("actor").order_by("-at", "-pk")
    context = {
        "form": form,
        "page": Paginator(entries, A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({each: form[each].value() or "" for each in form.fields}),
        "found": cache.get(audit.FOUND_KEY),
    }
    return render(request, "lms/security_trail.html", context)
