"""What this app plugs into the hub, all in one place."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry

from competencies.models import Training
from lms.dashboard import Panel
from lms.nav import NavItem, for_everyone_at_work
from lms.registry import DataSet

from . import privacy
from .actions import WORD_IMPORT, load_starter_content
from .models import ModulePage
from .panels import ContinuePanel, OpenModulesPanel, ReviewPanel
from .views import refuse_a_file, word_files
from .viewsets import WordImportViewSet


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("content.urls"))]


@hooks.register("before_serve_document")
def serve_to_readers_alone(
    document: AbstractDocument, request: HttpRequest
) -> HttpResponse | None:
    return refuse_a_file(request)


@hooks.register("register_lms_nav_item")
def register_nav_item() -> NavItem:
    return NavItem(
        _("Learn"),
        "lms_content:learn",
        icon="book",
        order=200,
        is_shown=for_everyone_at_work,
    )


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [ContinuePanel(request), OpenModulesPanel(request), ReviewPanel(request)]


@hooks.register("register_lms_training_links")
def link_trainings(request: HttpRequest, trainings: list[Training]) -> dict[int, str]:
    modules = ModulePage.objects.visible_to(request.user).filter(training__in=trainings)
    # Of several pages for one training, the first in the tree is linked.
    return {
        training: reverse("lms_content:module", args=[pk])
        for training, pk in modules.order_by("-path").values_list("training", "pk")
    }


@hooks.register("register_lms_starter_data")
def register_starter_data() -> DataSet:
    return DataSet("Modules", load_starter_content, order=20)


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [WordImportViewSet(word_files.NAMESPACE, urlpatterns=word_files.urlpatterns)]


@hooks.register("register_log_actions")
def register_log_actions(log_actions: LogActionRegistry) -> None:
    log_actions.register_action(
        WORD_IMPORT, _("Bring in a Word file"), _("Brought in from a Word file")
    )


@hooks.register("before_bulk_action")
def ask_for_words_of_pictures(
    request: HttpRequest, action: str, objects: list, view: BulkAction
) -> HttpResponse | None:
    if not isinstance(view, PublishBulkAction):
        return None
    return word_files.refuse_pictures_without_words(request, objects, view.next_url)
