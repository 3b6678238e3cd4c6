import datetime
from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from laces.templatetags.laces import component

from lms.conf import conf
from lms.models import Person, StaffMember
from lms.nav import nav_for

register = template.Library()
register.tag("component", component)

ICONS = {
    "alert": "M12 4 3 19.5h18L12 4ZM12 10v4.5M12 17h.01",
    "arrow-left": "M19 12H5m6-6-6 6 6 6",
    "arrow-right": "M5 12h14m-6-6 6 6-6 6",
    "book": (
        "M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5Z"
        "m0 0v13"
    ),
    "calendar": "M5 6h14v14H5zM5 10.5h14M9 3.5V7m6-3.5V7",
    "certificate": "M4 5h16v11H4zM8 9h8m-8 3h5m1 4v5l2-1.5L18 21v-5",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "clock": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4v4.5l3 2",
    "dot": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
    "eye": "M3 12c5-7 13-7 18 0-5 7-13 7-18 0Zm9-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
    "file": "M7 3.5h7L18.5 8v12.5H7zM14 3.5V8h4.5",
    "half": "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 0v14",
    "heart": "M12 19.5C5 14.5 4 11 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 2-1 5.5-8 10.5Z",
    "info": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 7v5m0-8h.01",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "path": "M7 20C7 15 11 14 11 9V4m8 16c0-5-4-6-4-11V4",
    "pen": "m4 20 1-4L16 5l3 3L8 19l-4 1Zm9-12 3 3",
    "people": (
        "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 8c0-3 2.7-5 6-5s6 2 6 5m1-8"
        "a2.6 2.6 0 1 0"
        " 0-5m1 8c2.4.4 4 2.3 4 5"
    ),
    "phone": (
        "M6 4h3l1.5 4.5L8.5 10a11 11 0 0 0 5.5 5.5l1.5-2L20 15v3c0 1-1 2-2 2"
        "A14 14 0 0 1 4 6c0-1 1-2 2-2Z"
    ),
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12Zm4.5 10.5L20 20",
    "send-back": "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of our own icons, drawn inline; the text beside it says the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        mark_safe(ICONS[name]),  # noqa: S308  (our own constant)
    )


@register.filter
def when(day: datetime.date | None) -> str:
    """A day as people say it: without the year when it is this one."""
    if day is None:
        return ""
    is_this_year = day.year == timezone.localdate().year
    return date_format(day, "j M" if is_this_year else "j M Y")


@register.inclusion_tag("lms/includes/nav.html", takes_context=True)
def lms_nav(context: Context) -> dict[str, Any]:
    request = context.get("request")
    return {"items": nav_for(request) if request else [], "request": request}


@register.inclusion_tag("lms/includes/account_links.html", takes_context=True)
def lms_account_links(context: Context, *, is_menu: bool = False) -> dict[str, Any]:
    """The pages of one's own account, as far as this site has them."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {"links": []}
    person = Person.of(request.user)
    own = [
        ("lms:my_name", _("My name")),
        ("lms:my_private_email", _("Private e-mail")),
        ("lms:my_moving", _("Moving to another agency")),
        ("lms:my_data", _("My data")),
        ("lms:opened", _("Who opened my records")),
    ]
    pages = [
        *(own if person else []),
        ("account_change_password", _("Password")),
        ("mfa_index", _("Sign-in safety")),
        ("usersessions_list", _("Where you are signed in")),
        ("account_logout", _("Sign out")),
    ]
    return {
        "is_menu": is_menu,
        "person": person,
        "request": request,
        "links": [(url, label) for name, label in pages if (url := _url(name))],
    }


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def lms_nonce(context: Context) -> SafeString:
    """The attribute that lets a script run where the site's policy asks for one."""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    return format_html(' nonce="{}"', nonce) if nonce else SafeString()


@register.simple_tag
def lms_program_name() -> str:
    return conf.program_name


@register.simple_tag
def lms_demo_notice() -> str:
    return conf.demo_notice


@register.simple_tag
def roles_today(staff_member: StaffMember, today: datetime.date) -> str:
    return ", ".join(staff_member.role_titles(today))


@register.simple_tag
def supervisor_today(staff_member: StaffMember, today: datetime.date) -> Person | None:
    """Who supervises the plan that day, from ``supervision_ties`` prefetched."""
    for tie in staff_member.supervision_ties.all():
        is_current = tie.starts_on <= today and (
            tie.ends_on is None or tie.ends_on >= today
        )
        if is_current and tie.scope == "plan" and tie.kind != "backup":
            return tie.supervisor
    return None
