from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from lms.models import Person

from .actions import sync_everyone
from .models import (
    Competency,
    Topic,
    TopicEquivalence,
    Training,
    TrainingPlan,
    made_here,
)


class PlanMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("lms_competencies.change_planversion")


class PlanViewSet(ViewSet):
    """The plan builder. Its pages are our own: ``views/builder``."""

    model = TrainingPlan
    icon = "list-ol"
    menu_label = _("Training plans")
    menu_hook = "register_lms_admin_menu_item"
    menu_item_class = PlanMenuItem
    urlpatterns: list[URLPattern] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return self.urlpatterns


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["code", "title"]
    search_fields = ["code", "title"]
    form_fields = ["code", "title", "summary", "order"]


class TrainingViewSet(ModelViewSet):
    """Trainings and the topics they introduce or complete: TTA alone changes that."""

    model = Training
    icon = "openquote"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "kind", "provider", "is_offered"]
    list_filter = ["kind", "is_offered"]
    search_fields = ["title", "provider"]
    panels = [
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("provider"),
                FieldPanel("minutes"),
                FieldPanel("hours"),
                FieldPanel("sign_up_url"),
                FieldPanel("is_offered"),
            ],
            heading=_("Offer"),
        ),
        InlinePanel("taught", heading=_("Topics it teaches"), label=_("Topic")),
    ]


class EquivalenceForm(WagtailAdminModelForm):
    class Meta:
        model = TopicEquivalence
        fields = ["topic", "portion", "parts", "source"]
        widgets = {"parts": forms.CheckboxSelectMultiple}

    def clean_parts(self) -> Any:
        parts = self.cleaned_data["parts"]
        if self.cleaned_data.get("topic") in parts:
            raise ValidationError(_("A topic cannot stand for itself."))
        return parts

    def save(self, *args: Any, **kwargs: Any) -> TopicEquivalence:
        self.instance.key = self.instance.key or made_here()
        return super().save(*args, **kwargs)


class _ThenSync:
    """Everybody's plans follow, in the background."""

    @transaction.atomic
    def save_instance(self) -> TopicEquivalence:
        saved = super().save_instance()
        sync_everyone(by=Person.of(self.request.user), at=timezone.now())
        return saved


class EquivalenceCreateView(_ThenSync, CreateView):
    pass


class EquivalenceEditView(_ThenSync, EditView):
    pass


class EquivalenceViewSet(ModelViewSet):
    """Topics that together are worth another: TTA alone changes that."""

    model = TopicEquivalence
    icon = "resubmit"
    menu_hook = "register_lms_admin_menu_item"
    menu_label = _("Equivalences")
    list_display = ["topic", "portion", "source"]
    add_view_class = EquivalenceCreateView
    edit_view_class = EquivalenceEditView

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return EquivalenceForm


class CompetencyViewSet(ModelViewSet):
    model = Competency
    icon = "clipboard-list"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "role", "kind", "is_skill"]
    form_fields = [
        "code",
        "role",
        "kind",
        "title",
        "description",
        "is_skill",
        "order",
    ]
