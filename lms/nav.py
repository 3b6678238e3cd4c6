"""The main menu.

Apps add to it with the hook ``register_lms_nav_item``, whose function takes no
argument and returns a ``NavItem``. ``is_shown`` decides from the request; it may ask
``lms.policy`` but should cost no query of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks

from . import policy


def for_everyone_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def for_everyone_at_work(request: HttpRequest) -> bool:
    """Not for somebody whose account is down to their own records."""
    return request.user.is_authenticated and not policy.has_left(request.user)


@dataclass(frozen=True)
class NavItem:
    label: str
    url_name: str
    icon: str = "dot"
    order: int = 100
    is_shown: Callable[[HttpRequest], bool] = for_everyone_signed_in


@dataclass(frozen=True)
class NavLink:
    label: str
    url: str
    icon: str
    is_current: bool


def nav_for(request: HttpRequest) -> list[NavLink]:
    """The menu of whoever asks, in order, with the current page marked."""
    items = [register() for register in hooks.get_hooks("register_lms_nav_item")]
    shown = sorted(
        (item for item in items if item.is_shown(request)), key=lambda item: item.order
    )
    links = [(item, reverse(item.url_name)) for item in shown]
    inside = [url for _, url in links if request.path.startswith(url)]
    current = max(inside, key=len, default=None)
    return [
        NavLink(item.label, url, item.icon, is_current=url == current)
        for item, url in links
    ]
