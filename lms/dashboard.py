"""Pages made of panels, each brought by the app it belongs to.

``construct_lms_home`` builds the page people land on: its functions take the request
and the list of panels, and change that list. ``construct_lms_person_page`` builds a
person's page for those who may see it: its functions take the request, the staff
member and the list.

``construct_lms_unsettled`` gathers what is still open when somebody leaves: its
functions take the request, the staff member who leaves and a list of ``Unsettled``,
and add what the one who asks may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from laces.components import Component
from wagtail import hooks

from .models import Person, StaffMember


class Panel(Component):
    """A part of a page. Set ``template_name``; pass data in get_context_data."""

    order = 100

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        return True


class PersonPanel(Panel):
    def __init__(self, request: HttpRequest, staff_member: StaffMember) -> None:
        super().__init__(request)
        self.staff_member = staff_member


@dataclass(frozen=True)
class Unsettled:
    """Something still open: what, in a sentence; who can settle it; and where they
    do. The address is shown to those who can settle it."""

    what: str
    by: Iterable[Person]
    url: str


def _built_by(hook: str, *arguments: Any) -> list[Panel]:
    panels: list[Panel] = []
    for construct in hooks.get_hooks(hook):
        construct(*arguments, panels)
    return sorted(
        (panel for panel in panels if panel.is_shown()), key=lambda panel: panel.order
    )


def home_panels(request: HttpRequest) -> list[Panel]:
    return _built_by("construct_lms_home", request)


def person_panels(request: HttpRequest, staff_member: StaffMember) -> list[Panel]:
    return _built_by("construct_lms_person_page", request, staff_member)


def unsettled(request: HttpRequest, staff_member: StaffMember) -> list[Unsettled]:
    found: list[Unsettled] = []
    for construct in hooks.get_hooks("construct_lms_unsettled"):
        construct(request, staff_member, found)
    return found
