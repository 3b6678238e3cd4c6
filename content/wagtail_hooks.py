"""What this app plugs into the hub, all in one place."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from competencies.models import Training
from lms.dashboard import Panel
from lms.nav import NavItem, for_everyone_at_work
from lms.outbox import Handler
from lms.registry import DataSet

from . import privacy
from .actions import (
    LETTER,
    WORD_IMPORT,
    load_starter_content,
    write_from_outbox,
)
from .demo import load_demo_content
from .models import ModulePage
from .panels import (
    ContinuePanel,
    LivePanel,
    OpenModulesPanel,
    ReviewPanel,
    SharedPanel,
)
from .views import refuse_a_file, word_files, writing
from .viewsets import (
    GlossaryViewSet,
    LiveTrainingViewSet,
    WordChoiceViewSet,
    WordImportViewSet,
    WritingViewSet,
)


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("content.urls"))]


@hooks.register("before_serve_document")
def serve_to_readers_alone(
    document: AbstractDocument, request: HttpRequest
) -> HttpResponse | None:
    return refuse_a_file(request)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [
        GlossaryViewSet("lms_glossary"),
        LiveTrainingViewSet("lms_live_trainings"),
        WordChoiceViewSet("lms_words"),
        WordImportViewSet(word_files.NAMESPACE, urlpatterns=word_files.urlpatterns),
        WritingViewSet(writing.NAMESPACE, urlpatterns=writing.urlpatterns),
    ]


@hooks.register("insert_editor_js")
def load_writing_script() -> str:
    return format_html('<script src="{}"></script>', static("lms_content/writing.js"))


@hooks.register("insert_global_admin_css")
def load_writing_styles() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("lms_content/writing.css")
    )


class WordKeptFormatter(LogFormatter):
    label = _("Keep a word")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return _("Kept “%(word)s”: %(reason)s") % log_entry.data


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        WORD_IMPORT, _("Bring in a Word file"), _("Brought in from a Word file")
    )
    actions.register_action(
        "lms_content.offered",
        _("Newer starter text"),
        _("The starter holds a newer text: compare it with yours"),
    )
    actions.register_action("lms_content.word_kept")(WordKeptFormatter)


@hooks.register("register_lms_nav_item")
def register_nav_item() -> NavItem:
    return NavItem(
        _("Learn"),
        "lms_content:learn",
        icon="book",
        order=200,
        is_shown=for_everyone_at_work,
    )


@hooks.register("register_lms_nav_item")
def register_live_trainings() -> NavItem:
    return NavItem(
        _("Live trainings"),
        "lms_content:live_list",
        icon="calendar",
        order=210,
        is_shown=for_everyone_at_work,
    )


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [Handler(LETTER, write_from_outbox)]


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [
        LivePanel(request),
        ContinuePanel(request),
        OpenModulesPanel(request),
        ReviewPanel(request),
        SharedPanel(request),
    ]


@hooks.register("register_lms_training_links")
def link_trainings(request: HttpRequest, trainings: list[Training]) -> dict[int, str]:
    modules = ModulePage.objects.visible_to(request.user).filter(
        training__in=trainings, is_done_together=False
    )
    # Of several pages for one training, the first in the tree is linked.
    return {
        training: reverse("lms_content:module", args=[pk])
        for training, pk in modules.order_by("-path").values_list("training", "pk")
    }


@hooks.register("register_lms_starter_data")
def register_starter_data() -> DataSet:
    return DataSet("Modules", load_starter_content, order=20)


@hooks.register("register_lms_demo_data")
def register_demo_data() -> DataSet:
    return DataSet("Content", load_demo_content, order=40)


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("before_bulk_action")
def ask_for_words_of_pictures(
    request: HttpRequest, action: str, objects: list, view: BulkAction
) -> HttpResponse | None:
    if not isinstance(view, PublishBulkAction):
        return None
    return word_files.refuse_pictures_without_words(request, objects, view.next_url)
