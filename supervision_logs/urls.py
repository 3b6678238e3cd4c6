from django.urls import path

from . import views

app_name = "lms_supervision_logs"
PAIR = "supervision/<int:staff>/<int:supervisor>/"
SESSION = "supervision/sessions/<int:pk>/"
MONTH = "<int:year>/<int:month>/"
VISIT = "shadowing/visits/<int:pk>/"
ENTRY = "wellness/check-ins/<uuid:pk>/"
urlpatterns = [
    path("call/", views.who_to_call, name="who_to_call"),
    path("call/time/", views.ask_for_time, name="ask_for_time"),
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/log/", views.my_log, name="my_log"),
    path("supervision/credit/", views.credit_goals, name="credit_goals"),
    path("supervision/credit/<int:pk>/", views.credit_goal, name="credit_goal"),
    path(
        "supervision/credit/<int:pk>/on/", views.credit_turn_on, name="credit_turn_on"
    ),
    path(
        "supervision/credit/<int:pk>/off/",
        views.credit_turn_off,
        name="credit_turn_off",
    ),
    path("supervision/log/sheet/", views.log_sheet, name="log_sheet"),
    path("supervision/weeks/", views.supervision_coverage, name="supervision_coverage"),
    path("supervision/group/", views.group_log, name="group_log"),
    path("supervision/month/", views.this_month, name="this_month"),
    path(f"supervision/month/{MONTH}", views.month, name="month"),
    path("supervision/agenda/<int:pk>/", views.agenda_settle, name="agenda_settle"),
    path(
        "supervision/follow-ups/<int:pk>/",
        views.follow_up_done,
        name="follow_up_done",
    ),
    path(SESSION, views.session_detail, name="session_detail"),
    path(
        f"{SESSION}change/",
        views.session_change,
        name="session_change",
    ),
    path(
        f"{SESSION}remark/",
        views.session_remark,
        name="session_remark",
    ),
    path(f"{SESSION}reflection/", views.session_reflection, name="session_reflection"),
    path(
        f"{SESSION}reflection/share/", views.reflection_share, name="reflection_share"
    ),
    path(
        f"{SESSION}reflection/withdraw/",
        views.reflection_withdraw,
        name="reflection_withdraw",
    ),
    path(f"{SESSION}outside/", views.outside_ask, name="outside_ask"),
    path(
        "supervision/outside/<str:secret>/",
        views.outside_confirm,
        name="outside_confirm",
    ),
    path(f"{SESSION}shared/", views.reflection_shared, name="reflection_shared"),
    path(PAIR, views.our_hour, name="our_hour"),
    path(f"{PAIR}log/", views.session_log, name="session_log"),
    path(f"{PAIR}not-held/", views.session_not_held, name="session_not_held"),
    path(f"{PAIR}when/", views.standing_hour, name="standing_hour"),
    path(f"{PAIR}agenda/", views.agenda_add, name="agenda_add"),
    path(f"{PAIR}follow-ups/", views.follow_up_add, name="follow_up_add"),
    path(f"{PAIR}{MONTH}", views.statement, name="statement"),
    path(f"{PAIR}{MONTH}confirm/", views.statement_confirm, name="statement_confirm"),
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
