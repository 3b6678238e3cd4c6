from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls


def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("The host's own sign-in")


urlpatterns = [
    path("sign-in/", sign_in),
    path("cms/", include(wagtailadmin_urls)),
    path("learning/", include("lms.urls")),
    path("", include(wagtail_urls)),
]
