from wagtail.admin.viewsets.model import ModelViewSet

from .models import Suggestion


class SuggestionViewSet(ModelViewSet):
    """What to shadow, whom to meet and how a week begins: the training team's list."""

    model = Suggestion
    icon = "tasks"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["title", "hint"]
    form_fields = ["title", "key", "kind", "hint", "is_offered", "order"]
