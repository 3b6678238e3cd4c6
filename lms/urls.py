"""Everything a host project shows its staff, to be included once.

Installed apps join through the hook ``register_lms_urls``: installed means reachable.
"""

from django.urls import include, path
from wagtail import hooks

from . import views

own_urls = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("me/data/", views.my_data, name="my_data"),
    path("me/data/download/", views.my_data_download, name="my_data_download"),
    path("me/data/delete/", views.my_deletion, name="my_deletion"),
    path(
        "me/data/delete/take-back/",
        views.my_deletion_take_back,
        name="my_deletion_take_back",
    ),
    path("me/opened/", views.opened, name="opened"),
    path("security/", views.security_trail, name="security_trail"),
    path("staff/", views.staff_list, name="staff_list"),
    path("staff/add/", views.staff_add, name="staff_add"),
    path("staff/people/", views.people_search, name="people_search"),
    path("staff/<int:pk>/", views.staff_detail, name="staff_detail"),
    path("staff/<int:pk>/change/", views.staff_change, name="staff_change"),
    path("staff/<int:pk>/roles/", views.staff_roles, name="staff_roles"),
    path("staff/<int:pk>/supervisor/", views.staff_supervisor, name="staff_supervisor"),
    path(
        "staff/<int:pk>/supervisor/<int:tie_pk>/end/",
        views.staff_supervisor_end,
        name="staff_supervisor_end",
    ),
    path("staff/<int:pk>/pause/", views.staff_pause, name="staff_pause"),
    path(
        "staff/<int:pk>/pause/<int:pause_pk>/",
        views.staff_pause_change,
        name="staff_pause_change",
    ),
    path("staff/<int:pk>/invite/", views.staff_invite, name="staff_invite"),
    path("staff/import/", views.staff_import, name="staff_import"),
    path(
        "staff/import/template.<str:suffix>",
        views.staff_import_template,
        name="staff_import_template",
    ),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/apply/", views.import_apply, name="import_apply"),
    path("imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("staff/join/", views.staff_join, name="staff_join"),
    path("staff/<int:pk>/leave/", views.staff_leave, name="staff_leave"),
    path("staff/<int:pk>/leave/undo/", views.staff_leave_undo, name="staff_leave_undo"),
    path("staff/<int:pk>/leave/code/", views.staff_leave_code, name="staff_leave_code"),
    path("staff/<int:pk>/reset/", views.staff_reset, name="staff_reset"),
    path("resets/<int:pk>/", views.reset_settle, name="reset_settle"),
    path("names/<int:pk>/", views.name_settle, name="name_settle"),
    path("people/same/", views.people_same, name="people_same"),
    path(
        "people/same/<int:pk>/<int:other_pk>/", views.people_merge, name="people_merge"
    ),
    path("me/name/", views.my_name, name="my_name"),
    path("me/private-email/", views.my_private_email, name="my_private_email"),
    path("me/moving/", views.my_moving, name="my_moving"),
    path("way-back/", views.way_back, name="way_back"),
    path(
        "way-back/<str:secret>/",
        views.private_email_confirm,
        name="private_email_confirm",
    ),
    path("style-guide/", views.style_guide, name="style_guide"),
]

urlpatterns = [path("", include((own_urls, "lms")))]
for register_urls in hooks.get_hooks("register_lms_urls"):
    urlpatterns += register_urls()
