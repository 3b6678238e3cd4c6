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
    path(
        "certificates/<int:pk>/correct/",
        views.certificate_correct,
        name="certificate_correct",
    ),
    path("certificates/all.zip", views.wallet_download, name="wallet_download"),
    path("certificates/desk/", views.desk, name="desk"),
    path(
        "certificates/desk/<slug:number>/",
        views.desk_certificate,
        name="desk_certificate",
    ),
    path(
        "certificates/desk/<slug:number>/revoke/",
        views.desk_revoke,
        name="desk_revoke",
    ),
    path(
        "certificates/desk/<slug:number>/reissue/",
        views.desk_reissue,
        name="desk_reissue",
    ),
    path("certificates/desk/<slug:number>/keep/", views.desk_keep, name="desk_keep"),
    path("awards/<int:pk>/give/", views.award_give, name="award_give"),
    path("awards/runs/<int:pk>/", views.award_run, name="award_run"),
    path("verify/", views.verify_start, name="verify_start"),
    path("verify/<slug:code>/", views.verify, name="verify"),
    path("verify/<slug:code>/facts.json", views.verify_facts, name="verify_facts"),
]
