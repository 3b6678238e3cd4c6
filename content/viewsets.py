from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from .models import GlossaryTerm, KeptWord, WordChoice


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["term", "meaning"]
    search_fields = ["term", "meaning"]
    form_fields = ["term", "meaning", "source"]


class WordChoiceViewSet(ModelViewSet):
    model = WordChoice
    icon = "pick"
    menu_label = _("Words to choose")
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["avoid", "say", "agency", "is_used"]
    list_filter = ["is_used", "agency"]
    search_fields = ["avoid", "say"]
    form_fields = ["avoid", "matches", "say", "why", "leaves", "agency", "is_used"]


class WritingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("lms_content.change_wordchoice")


class WritingViewSet(ViewSet):
    """The check while somebody writes, and the report over all modules."""

    model = KeptWord
    icon = "glasses"
    menu_label = _("Words in our modules")
    menu_hook = "register_lms_admin_menu_item"
    menu_item_class = WritingMenuItem
    urlpatterns: list[URLPattern] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return self.urlpatterns
