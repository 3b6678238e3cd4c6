from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import actions
from lms.models import NameChange, Person


@login_required
@require_POST
def name_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A director makes a change of name that was asked for, or leaves the name."""
    asked = NameChange.objects.visible_to(request.user).waiting()
    others = asked.exclude(person=Person.of(request.user)).select_related("person")
    change = get_object_or_404(others, pk=pk)
    is_made = "make" in request.POST
    actions.settle_name(
        change=change, is_made=is_made, by=Person.of(request.user), at=timezone.now()
    )
    if is_made:
        text = _("Changed. What is issued from now on bears the new name.")
    else:
        text = _("The name stays as it was.")
    messages.success(request, text)
    return redirect("lms:home")
