from django.urls import path

from . import views

app_name = "lms_competencies"
urlpatterns = [
    path("plan/", views.my_plan, name="my_plan"),
    path("plan/print/", views.my_plan_print, name="my_plan_print"),
    path("plan/items/<int:pk>/", views.item_detail, name="item_detail"),
    path("plan/items/<int:pk>/words/", views.item_words, name="item_words"),
    path("plan/items/<int:pk>/date/", views.item_date, name="item_date"),
    path("plan/items/<int:pk>/seat/", views.item_seat, name="item_seat"),
    path("plan/items/<int:pk>/waive/", views.item_waive, name="item_waive"),
    path("plan/items/<int:pk>/add/", views.completion_add, name="completion_add"),
    path(
        "plan/items/<int:pk>/evidence/<int:completion_pk>/",
        views.evidence_add,
        name="evidence_add",
    ),
    path(
        "plan/completions/<int:pk>/withdraw/",
        views.completion_withdraw,
        name="completion_withdraw",
    ),
    path("plan/evidence/<int:pk>/", views.evidence_download, name="evidence_download"),
    path("plan/checklist/<int:pk>/", views.checklist_note, name="checklist_note"),
    path("preview-as/", views.preview_as, name="preview_as"),
    path("trainings/import/", views.training_import, name="training_import"),
    path(
        "trainings/import/<int:pk>/columns/",
        views.training_import_columns,
        name="training_import_columns",
    ),
    path(
        "trainings/import/<int:pk>/titles/",
        views.training_import_titles,
        name="training_import_titles",
    ),
    path(
        "trainings/import/sheet/<int:pk>.<str:suffix>",
        views.training_sheet,
        name="training_sheet",
    ),
    path("plan/history/<int:pk>/", views.history, name="history"),
    path(
        "plan/history/<int:pk>/confirm/", views.history_confirm, name="history_confirm"
    ),
    path("plan/history/<int:pk>/reopen/", views.history_reopen, name="history_reopen"),
    path("plan/outside/", views.outside_ask, name="outside_ask"),
    path("sign/<str:secret>/", views.outside_sign, name="outside_sign"),
    path(
        "sign/<str:secret>/evidence/<int:pk>/",
        views.outside_evidence,
        name="outside_evidence",
    ),
    path("plan/bring/", views.transcript_bring, name="transcript_bring"),
    path("team/<int:pk>/transcript/", views.transcript, name="transcript"),
    path("roles/", views.role_descriptions, name="role_descriptions"),
    path("team/", views.team, name="team"),
    path("team/sign-off/", views.sign_off, name="sign_off"),
    path(
        "team/sign-off/<int:pk>/send-back/",
        views.sign_off_send_back,
        name="sign_off_send_back",
    ),
    path(
        "team/sign-off/<int:pk>/in-part/",
        views.sign_off_in_part,
        name="sign_off_in_part",
    ),
    path(
        "team/sign-off/<int:pk>/withdraw/",
        views.sign_off_withdraw,
        name="sign_off_withdraw",
    ),
    path("team/<int:pk>/", views.plan_detail, name="plan_detail"),
    path("team/<int:pk>/print/", views.plan_print, name="plan_print"),
]
