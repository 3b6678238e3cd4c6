from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from content.models import GlossaryTerm
from lms import policy

from .access import asked_for


@login_required
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the field in plain ones, all or those one looks for."""
    standing = policy.relations_to_program(request.user)
    if not policy.scopes("glossary", "view", standing):
        raise Http404
    terms = GlossaryTerm.objects.visible_to(request.user)
    query = asked_for(request)
    context = {"terms": terms.about(query), "query": query}
    return render(request, "lms_content/glossary.html", context)
