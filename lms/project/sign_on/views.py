"""To an agency's sign-in and back. They stand before allauth's own two addresses."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.socialaccount.views import ConnectionsView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from requests import RequestException

from .models import SignOn


def choose(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("socialaccount_connections")
    sign_ons = SignOn.objects.select_related("agency", "app")
    context = {"sign_ons": sign_ons, "next": get_next_redirect_url(request)}
    return render(request, "sign_on/choose.html", context)


@never_cache
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go there by a page: our policy lets no form end elsewhere, redirects included."""
    offered = SignOn.objects.offered_to(request.user).select_related("agency", "app")
    sign_on = get_object_or_404(offered, app__provider_id=provider_id)
    next_url = get_next_redirect_url(request)
    if request.method != "POST":
        context = {"sign_on": sign_on, "next": next_url}
        return render(request, "socialaccount/login.html", context)
    process = (
        AuthProcess.CONNECT if request.user.is_authenticated else AuthProcess.LOGIN
    )
    provider = sign_on.app.get_provider(request)
    try:
        answer = provider.redirect(request, process=process, next_url=next_url)
    except RequestException as error:
        return render_authentication_error(request, provider, exception=error)
    context = {"sign_on": sign_on, "address": answer.url}
    return render(request, "sign_on/leave.html", context)


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    sign_on = get_object_or_404(SignOn, app__provider_id=provider_id)
    try:
        return openid_connect.callback(request, provider_id)
    except RequestException as error:
        provider = sign_on.app.get_provider(request)
        return render_authentication_error(request, provider, exception=error)


class Connections(ConnectionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = SignOn.objects.offered_to(self.request.user)
        sign_ons = offered.select_related("agency", "app")
        return super().get_context_data(sign_ons=sign_ons, **kwargs)
