from django.urls import path

from . import views

app_name = "lms_supervision_logs"
VISIT = "shadowing/visits/<int:pk>/"
ENTRY = "wellness/check-ins/<uuid:pk>/"
urlpatterns = [
    path("call/", views.who_to_call, name="who_to_call"),
    # Shadowing
    path("shadowing/", views.shadowing, name="shadowing"),
    path("shadowing/blank/", views.shadowing_blank, name="shadowing_blank"),
    path("shadowing/contacts/", views.contacts, name="contacts"),
    path("shadowing/contacts/add/", views.contact_add, name="contact_add"),
    path("shadowing/contacts/<int:pk>/", views.contact_change, name="contact_change"),
    path("shadowing/<int:staff>/", views.shadowing_list, name="shadowing_list"),
    path("shadowing/<int:staff>/plan/", views.visit_plan, name="visit_plan"),
    path("shadowing/<int:staff>/print/", views.shadowing_print, name="shadowing_print"),
    path(VISIT, views.visit_detail, name="visit_detail"),
    path(f"{VISIT}change/", views.visit_change, name="visit_change"),
    path(f"{VISIT}notes/", views.visit_note, name="visit_note"),
    path(f"{VISIT}drop/", views.visit_drop, name="visit_drop"),
    path(f"{VISIT}talked/", views.visit_talked, name="visit_talked"),
    path(f"{VISIT}redact/", views.visit_redact, name="visit_redact"),
    path(f"{VISIT}confirm/", views.visit_confirm, name="visit_confirm"),
    path(f"{VISIT}steps/", views.visit_task_add, name="visit_task_add"),
    path("shadowing/steps/<int:pk>/", views.visit_task_done, name="visit_task_done"),
    # Wellness
    path("wellness/", views.wellness, name="wellness"),
    path("wellness/on/", views.wellness_turn_on, name="wellness_turn_on"),
    path("wellness/off/", views.wellness_turn_off, name="wellness_turn_off"),
    path("wellness/keep/", views.wellness_keep, name="wellness_keep"),
    path("wellness/check-in/", views.check_in, name="check_in"),
    path(ENTRY, views.check_in_detail, name="check_in_detail"),
    path(f"{ENTRY}delete/", views.check_in_delete, name="check_in_delete"),
    path(f"{ENTRY}share/", views.check_in_share, name="check_in_share"),
    path(f"{ENTRY}share/<int:share>/", views.check_in_unshare, name="check_in_unshare"),
    path("wellness/shared/", views.shared_check_ins, name="shared_check_ins"),
    path("wellness/shared/<uuid:pk>/", views.shared_check_in, name="shared_check_in"),
    path("wellness/vision/", views.vision, name="vision"),
    path("wellness/vision/delete/", views.vision_delete, name="vision_delete"),
    path("wellness/step-back/", views.step_back, name="step_back"),
    path("wellness/mondays/", views.mondays, name="mondays"),
]
