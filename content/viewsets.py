from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .forms import chapters_of
from .models import ModulePage


class WordImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return chapters_of(request.user).exists()


class WordImportViewSet(ViewSet):
    """A new module from a Word file. Its pages are our own: ``views/word_files``."""

    model = ModulePage
    icon = "doc-full"
    menu_label = _("New module from a Word file")
    menu_hook = "register_lms_admin_menu_item"
    menu_item_class = WordImportMenuItem
    urlpatterns: list[URLPattern] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return self.urlpatterns
