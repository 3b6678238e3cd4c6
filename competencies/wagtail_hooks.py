"""What the engine plugs into the hub, all in one place."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.actions import PackSection
from lms.dashboard import Panel, Unsettled
from lms.models import StaffMember
from lms.nav import NavItem
from lms.outbox import Handler
from lms.policy import supervises_someone
from lms.registry import DataSet, ImportKind

from . import privacy
from .actions import (
    MOVE,
    OUTSIDE_LINK,
    PACK_SECTIONS,
    mail_from_outbox,
    move_from_outbox,
    sync_from_outbox,
)
from .actions.everyone import SYNC
from .demo import load_demo_records
from .imports import TRAININGS
from .panels import (
    HistoriesPanel,
    NearestTemplatePanel,
    NextStepPanel,
    SeatsPanel,
    SyncingPanel,
    TranscriptPanel,
    WaitingPanel,
)
from .views import builder
from .views.preview import may_preview
from .views.seats import may_count_seats
from .views.unsettled import unsettled_lines
from .viewsets import (
    CompetencyViewSet,
    EquivalenceViewSet,
    PlanViewSet,
    TopicViewSet,
    TrainingViewSet,
)


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("competencies.urls"))]


@hooks.register("register_lms_nav_item")
def register_my_plan() -> NavItem:
    return NavItem(_("My plan"), "lms_competencies:my_plan", icon="check", order=100)


@hooks.register("register_lms_nav_item")
def register_team() -> NavItem:
    return NavItem(
        _("My team"),
        "lms_competencies:team",
        icon="people",
        order=300,
        is_shown=lambda request: supervises_someone(request.user),
    )


@hooks.register("register_lms_nav_item")
def register_preview_as() -> NavItem:
    return NavItem(
        _("View as"),
        "lms_competencies:preview_as",
        icon="half",
        order=450,
        is_shown=may_preview,
    )


@hooks.register("register_lms_nav_item")
def register_seats_wanted() -> NavItem:
    return NavItem(
        _("Seats wanted"),
        "lms_competencies:seats_wanted",
        icon="calendar",
        order=460,
        is_shown=may_count_seats,
    )


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [
        SyncingPanel(request),
        WaitingPanel(request),
        HistoriesPanel(request),
        SeatsPanel(request),
        TranscriptPanel(request),
        NextStepPanel(request),
    ]


@hooks.register("construct_lms_person_page")
def add_person_panels(
    request: HttpRequest, staff_member: StaffMember, panels: list[Panel]
) -> None:
    panels.append(NearestTemplatePanel(request, staff_member))


@hooks.register("construct_lms_unsettled")
def add_unsettled(
    request: HttpRequest, staff_member: StaffMember, found: list[Unsettled]
) -> None:
    found += unsettled_lines(request, staff_member)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [
        PlanViewSet(builder.NAMESPACE, urlpatterns=builder.urlpatterns),
        TrainingViewSet("alongside_trainings"),
        TopicViewSet("alongside_topics"),
        CompetencyViewSet("alongside_competencies"),
        EquivalenceViewSet("alongside_equivalences"),
    ]


@hooks.register("register_lms_pack_sections")
def register_pack_sections() -> list[PackSection]:
    return PACK_SECTIONS


@hooks.register("register_lms_demo_data")
def register_demo_data() -> DataSet:
    return DataSet("Records", load_demo_records, order=20)


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("register_lms_import_kinds")
def register_import_kinds() -> list[ImportKind]:
    return [TRAININGS]


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [
        Handler(SYNC, sync_from_outbox),
        Handler(MOVE, move_from_outbox),
        Handler(OUTSIDE_LINK, mail_from_outbox),
    ]
