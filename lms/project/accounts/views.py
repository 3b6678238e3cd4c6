from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lms.models import OneTimeCode

from .adapter import NEW_FACTOR


@never_cache
def new_factor(request: HttpRequest, secret: str) -> HttpResponse:
    """The link two people agreed on: it is kept until the password has been given.

    Opening it changes nothing, so that whatever looks at mail first spends nothing.
    """
    codes = OneTimeCode.objects.matching(
        secret, OneTimeCode.Purpose.NEW_FACTOR, timezone.now()
    )
    if not codes.exists():
        return render(request, "account/new_factor_too_late.html", status=404)
    if request.method == "POST":
        request.session[NEW_FACTOR] = secret
        return redirect(f"{reverse('account_login')}?next={reverse('mfa_index')}")
    return render(request, "account/new_factor.html")
