"""Included before ``allauth.urls``: the names are allauth's, so it leads here too."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from . import views

urlpatterns = [
    path("agency/", views.choose, name="sign_on_choose"),
    path("oidc/<str:provider_id>/login/", views.leave, name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        views.come_back,
        name="openid_connect_callback",
    ),
    path(
        "3rdparty/",
        login_required(views.Connections.as_view()),
        name="socialaccount_connections",
    ),
]
