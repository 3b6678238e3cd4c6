"""What this app plugs into the hub, all in one place."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.actions import PackSection
from lms.dashboard import Panel
from lms.nav import NavItem, for_everyone_at_work, for_everyone_signed_in

from . import privacy
from .actions import EXPIRING, SUGGESTION_SECTION
from .panels import HostedVisitsPanel
from .viewsets import SuggestionViewSet


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("supervision_logs.urls"))]


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
def add_hosted_visits(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [HostedVisitsPanel(request)]


@hooks.register("register_admin_viewset")
def register_suggestions() -> list:
    return [SuggestionViewSet("alongside_suggestions")]


@hooks.register("register_lms_pack_sections")
def register_suggestion_section() -> list[PackSection]:
    return [SUGGESTION_SECTION]


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("register_lms_expiring")
def register_expiring() -> dict:
    return EXPIRING
