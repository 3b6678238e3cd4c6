from wagtail.admin.viewsets.model import ModelViewSet

from .models import Award


class AwardViewSet(ModelViewSet):
    model = Award
    icon = "pick"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "phase", "is_active"]
    form_fields = ["title", "phase", "issuer", "valid_months", "is_active"]
