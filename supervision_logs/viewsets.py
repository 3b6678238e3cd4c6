from wagtail.admin.viewsets.model import ModelViewSet

from .models import Theme


class ThemeViewSet(ModelViewSet):
    """Themes and components that a session may be about: the training team's list."""

    model = Theme
    icon = "tag"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["title"]
    form_fields = ["title", "key", "kind", "is_offered", "order"]
