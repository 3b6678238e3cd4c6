"""What this app plugs into the hub, all in one place."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.actions import PackSection
from lms.dashboard import Panel, Unsettled
from lms.models import StaffMember
from lms.nav import NavItem, for_everyone_at_work, for_everyone_signed_in
from lms.outbox import Handler
from lms.registry import DataSet, Measure

from . import privacy
from .actions import (
    EXPIRING,
    OUTSIDE_LINK,
    PACK_SECTIONS,
    SUGGESTION_SECTION,
    mail_from_outbox,
)
from .demo import load_demo_supervision
from .measures import HOURS
from .panels import HostedVisitsPanel, TimeAskedPanel, WithoutAnHourPanel
from .views.unsettled import unsettled_hours
from .viewsets import SuggestionViewSet, TargetViewSet, ThemeViewSet


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("supervision_logs.urls"))]


@hooks.register("register_lms_nav_item")
def register_supervision() -> NavItem:
    """Also for who has left: one's own log stays one's own."""
    return NavItem(
        _("Supervision"),
        "lms_supervision_logs:supervision",
        icon="people",
        order=250,
        is_shown=for_everyone_signed_in,
    )


@hooks.register("register_lms_nav_item")
def register_who_to_call() -> NavItem:
    """In every menu: one should not have to look for it."""
    return NavItem(
        _("Who can I call?"),
        "lms_supervision_logs:who_to_call",
        icon="phone",
        order=900,
        is_shown=for_everyone_at_work,
    )


@hooks.register("register_lms_nav_item")
def register_shadowing() -> NavItem:
    return NavItem(
        _("Shadowing"),
        "lms_supervision_logs:shadowing",
        icon="eye",
        order=260,
        is_shown=for_everyone_at_work,
    )


@hooks.register("register_lms_nav_item")
def register_wellness() -> NavItem:
    """For everybody, also who has left: what they wrote stays theirs."""
    return NavItem(
        _("Wellness"),
        "lms_supervision_logs:wellness",
        icon="heart",
        order=270,
        is_shown=for_everyone_signed_in,
    )


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [
        TimeAskedPanel(request),
        HostedVisitsPanel(request),
        WithoutAnHourPanel(request),
    ]


@hooks.register("construct_lms_unsettled")
def add_unsettled(
    request: HttpRequest, staff_member: StaffMember, found: list[Unsettled]
) -> None:
    found += unsettled_hours(request, staff_member)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [
        ThemeViewSet("alongside_themes"),
        TargetViewSet("alongside_targets"),
        SuggestionViewSet("alongside_suggestions"),
    ]


@hooks.register("register_lms_pack_sections")
def register_pack_sections() -> list[PackSection]:
    return [*PACK_SECTIONS, SUGGESTION_SECTION]


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [Handler(OUTSIDE_LINK, mail_from_outbox)]


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("register_lms_measures")
def register_measures() -> list[Measure]:
    return [HOURS]


@hooks.register("register_lms_demo_data")
def register_demo_data() -> DataSet:
    return DataSet("Supervision", load_demo_supervision, order=30)


@hooks.register("register_lms_expiring")
def register_expiring() -> dict:
    return EXPIRING
