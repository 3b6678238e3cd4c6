from django.urls import path

from . import views

app_name = "lms_content"
urlpatterns = [
    path("modules/", views.learn, name="learn"),
    path("shared/", views.shared, name="shared"),
    path("shared/<uuid:pk>/", views.shared_text, name="shared_text"),
    path("self-assessment/", views.assessments, name="assessments"),
    path(
        "self-assessment/begin/<int:pk>/",
        views.assessment_begin,
        name="assessment_begin",
    ),
    path("self-assessment/<int:pk>/", views.assessment, name="assessment"),
    path("words/", views.words, name="words"),
    path("words/add/", views.word_add, name="word_add"),
    path("words/<int:pk>/remove/", views.word_remove, name="word_remove"),
    path("glossary/", views.glossary, name="glossary"),
    path("modules/<int:pk>/", views.module, name="module"),
    path("modules/<int:pk>/<int:number>/", views.section, name="section"),
    path("modules/<int:pk>/finish/", views.finish, name="finish"),
    path("modules/<int:pk>/again/", views.module_again, name="module_again"),
    path("modules/<int:pk>/print/", views.module_print, name="module_print"),
    path("live/", views.live_list, name="live_list"),
    path("live/<int:pk>/", views.live_detail, name="live_detail"),
    path("live/<int:pk>/register/", views.live_register, name="live_register"),
    path(
        "live/<int:pk>/register/colleague/",
        views.live_register_colleague,
        name="live_register_colleague",
    ),
    path("live/<int:pk>/give-up/", views.live_give_up, name="live_give_up"),
    path("live/<int:pk>/roster/", views.live_roster, name="live_roster"),
    path("live/<int:pk>/attendance/", views.live_attendance, name="live_attendance"),
    path("live/<int:pk>/cancel/", views.live_cancel, name="live_cancel"),
]
