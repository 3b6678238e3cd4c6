from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Competency, Topic, Training, TrainingPlan


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
