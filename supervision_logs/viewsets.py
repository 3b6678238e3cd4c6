from wagtail.admin.viewsets.model import ModelViewSet

from .models import Suggestion, Target, Theme


class ThemeViewSet(ModelViewSet):
    """Themes and components that a session may be about: the training team's list."""

    model = Theme
    icon = "tag"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["title"]
    form_fields = ["title", "key", "kind", "is_offered", "order"]


class TargetViewSet(ModelViewSet):
    """How much supervision there should be. Figures come with a source."""

    model = Target
    icon = "time"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "role", "minutes", "per", "is_in_force"]
    form_fields = [
        *("title", "key", "role", "minutes", "per", "format", "occasion", "mode"),
        *("purpose", "is_pro_rated", "source", "is_in_force", "order"),
    ]


class SuggestionViewSet(ModelViewSet):
    """What to shadow, whom to meet and how a week begins: the training team's list."""

    model = Suggestion
    icon = "tasks"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["title", "hint"]
    form_fields = ["title", "key", "kind", "hint", "is_offered", "order"]
