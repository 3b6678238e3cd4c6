from wagtail.admin.viewsets.model import ModelViewSet

from .models import Agency, Helpline, LocalName, Role


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


class LocalNameViewSet(ModelViewSet):
    model = LocalName
    icon = "tag"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "key"]
    form_fields = ["key", "title", "order"]


class HelplineViewSet(ModelViewSet):
    model = Helpline
    icon = "mail"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "phone", "answered_by"]
    form_fields = ["key", "title", "answered_by", "phone", "note", "order"]
