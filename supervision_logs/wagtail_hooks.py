"""What this app plugs into the hub, all in one place."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.nav import NavItem, for_everyone_at_work


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
