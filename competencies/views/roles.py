from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from competencies.models import Competency
from lms import policy
from lms.models import Role


@login_required
def role_descriptions(request: HttpRequest) -> HttpResponse:
    """What each role is and asks for; nobody's name stands here."""
    standing = policy.relations_to_program(request.user)
    if not policy.scopes("role description", "view", standing):
        raise Http404
    context = {
        "roles": Role.objects.filter(kind=Role.Kind.IS).prefetch_related(
            "competencies"
        ),
        "qualities": Competency.objects.filter(kind=Competency.Kind.QUALITY),
    }
    return render(request, "lms_competencies/role_descriptions.html", context)
