from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from .models import GlossaryTerm


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["term", "meaning"]
    search_fields = ["term", "meaning"]
    form_fields = ["term", "meaning", "source"]
