from django.urls import path

from . import views

app_name = "lms_supervision_logs"
urlpatterns = [path("call/", views.who_to_call, name="who_to_call")]
