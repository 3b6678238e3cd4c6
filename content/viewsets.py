from typing import Any

from django.db import transaction
from django.forms import ModelChoiceField, URLField
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from lms.models import Access, Person, accesses_in_force

from .actions import tell_of_change
from .forms import chapters_of
from .models import GlossaryTerm, KeptWord, LiveTraining, ModulePage, WordChoice

TOLD = {"starts_at", "ends_at", "time_zone", "place", "online_url", "capacity"}


def hosts() -> Any:
    """Whoever is of the training team today, or teaches already."""
    team = accesses_in_force(timezone.localdate()).filter(kind=Access.Kind.TTA)
    hosting = LiveTraining.objects.values("host")
    return Person.objects.filter(pk__in=team.values("person")) | Person.objects.filter(
        pk__in=hosting
    )


class LiveTrainingForm(WagtailAdminModelForm):
    online_url = URLField(
        required=False, assume_scheme="https", label=_("Address online")
    )
    host = ModelChoiceField(queryset=Person.objects.none(), label=_("Host"))

    class Meta:
        model = LiveTraining
        fields = [
            *("training", "host", "starts_at", "ends_at", "time_zone", "place"),
            *("online_url", "note", "capacity", "minutes_to_count", "materials"),
            "is_open_to_partners",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts()


class LiveTrainingEditView(EditView):
    @transaction.atomic
    def save_instance(self) -> LiveTraining:
        """Whoever has a seat is told of what a calendar shows."""
        saved = super().save_instance()
        if TOLD & set(self.form.changed_data) and saved.cancelled_at is None:
            person = Person.of(self.request.user)
            tell_of_change(live=saved, by=person, at=timezone.now())
        return saved


class LiveTrainingViewSet(ModelViewSet):
    """The schedule. Who registered is seen by the host alone, on the site."""

    model = LiveTraining
    icon = "date"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["training", "starts_at", "place", "capacity"]
    edit_view_class = LiveTrainingEditView

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return LiveTrainingForm


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
