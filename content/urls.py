from django.urls import path

from . import views

app_name = "lms_content"
urlpatterns = [
    path("modules/", views.learn, name="learn"),
    path("modules/<int:pk>/", views.module, name="module"),
    path("modules/<int:pk>/<int:number>/", views.section, name="section"),
    path("modules/<int:pk>/finish/", views.finish, name="finish"),
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
