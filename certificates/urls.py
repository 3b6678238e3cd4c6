from django.urls import path

from . import views

app_name = "lms_certificates"
urlpatterns = [
    path("certificates/", views.certificate_list, name="certificate_list"),
    path("certificates/<int:pk>/", views.certificate_detail, name="certificate_detail"),
    path(
        "certificates/<int:pk>/download/",
        views.certificate_download,
        name="certificate_download",
    ),
    path("verify/", views.verify_start, name="verify_start"),
    path("verify/<slug:code>/", views.verify, name="verify"),
    path("verify/<slug:code>/facts.json", views.verify_facts, name="verify_facts"),
]
