from django.urls import path

from . import views

app_name = "lms_competencies"
urlpatterns = [
    path("plan/", views.my_plan, name="my_plan"),
    path("plan/print/", views.my_plan_print, name="my_plan_print"),
    path("plan/pdf/", views.my_plan_pdf, name="my_plan_pdf"),
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
    path("plan/items/<int:pk>/move/", views.item_move, name="item_move"),
    path("plan/<int:pk>/start/", views.plan_start, name="plan_start"),
    path("plan/<int:pk>/order/", views.plan_order, name="plan_order"),
    path(
        "plan/<int:pk>/order/forget/",
        views.plan_order_forget,
        name="plan_order_forget",
    ),
    path(
        "plan/<int:pk>/before-families/", views.before_families, name="before_families"
    ),
    path("plan/<int:pk>/first-day/", views.first_day, name="first_day"),
    path("plan/<int:pk>/visits/", views.visits_together, name="visits_together"),
    path("plan/<int:pk>/reviews/", views.plan_reviews, name="plan_reviews"),
    path("plan/<int:pk>/reviews/add/", views.plan_review_add, name="plan_review_add"),
    path(
        "plan/<int:pk>/performance-review/",
        views.performance_review,
        name="performance_review",
    ),
    path(
        "plan/reviews/<int:pk>/confirm/",
        views.plan_review_confirm,
        name="plan_review_confirm",
    ),
    path(
        "plan/reviews/<int:pk>/take-back/",
        views.plan_review_take_back,
        name="plan_review_take_back",
    ),
    path("plan/<int:pk>/goals/", views.goals, name="goals"),
    path("plan/<int:pk>/goals/add/", views.goal_add, name="goal_add"),
    path("plan/goals/<int:pk>/", views.goal_detail, name="goal_detail"),
    path("plan/goals/<int:pk>/settle/", views.goal_settle, name="goal_settle"),
    path("plan/goals/<int:pk>/steps/", views.goal_step_add, name="goal_step_add"),
    path("plan/goals/steps/<int:pk>/", views.goal_step_note, name="goal_step_note"),
    path("plan/<int:pk>/skills/", views.skills, name="skills"),
    path("plan/<int:pk>/skills/wish/", views.skills_wish, name="skills_wish"),
    path("plan/<int:pk>/skills/rate/", views.skills_rate, name="skills_rate"),
    path("seats/", views.seats_wanted, name="seats_wanted"),
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
