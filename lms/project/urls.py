from django.urls import URLPattern, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import views
from .accounts.views import new_factor

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

# Wagtail's own sign-in would let people past the second factor: it leads to ours.
SIDE_DOORS: list[URLPattern] = [
    path("admin/login/", to_login),
    re_path(
        r"^admin/password_reset/",
        RedirectView.as_view(pattern_name="account_reset_password"),
    ),
    path("_util/login/", to_login),
    path("learn/_util/login/", to_login),
]

urlpatterns = [
    *SIDE_DOORS,
    path("admin/", include(wagtailadmin_urls)),
    path(
        "accounts/new-factor/<str:secret>/", new_factor, name="lms_accounts_new_factor"
    ),
    path("accounts/", include("lms.project.sign_on.urls")),
    path("accounts/", include("allauth.urls")),
    re_path(r"^documents/(\d+)/(.*)$", views.document),
    path("documents/", include(wagtaildocs_urls)),
    path("learn/", include(wagtail_urls)),
    path("media/<path:path>", views.media),
    path("", include("lms.urls")),
]
