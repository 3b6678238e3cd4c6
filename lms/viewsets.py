from wagtail.admin.viewsets.model import ModelViewSet

from .models import Agency, Role


class AgencyViewSet(ModelViewSet):
    model = Agency
    icon = "group"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["name", "kind", "time_zone"]
    form_fields = [
        "name",
        "kind",
        "time_zone",
        "week_starts_on",
        "after_hours_phone",
        "after_hours_note",
        "words_kept_months",
        "visits_before_families",
        "learning_hours",
        "learning_weeks",
    ]


class RoleViewSet(ModelViewSet):
    model = Role
    icon = "user"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "key"]
    form_fields = ["title", "abbreviation", "kind", "reason", "summary", "order"]
