"""What the pages of the builder share: who may, what surrounds them, who acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.models import PlanVersion
from lms.models import Person, Role

NAMESPACE = "alongside_plans"
PERMISSION = "lms_competencies.change_planversion"
View = Callable[..., HttpResponse]
Crumb = tuple[str, str]


def may_build(request: HttpRequest) -> bool:
    """The training team, while its access lasts: its group is given the permission."""
    return request.user.has_perm(PERMISSION)


def for_builders(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_build(request):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def address(name: str, *args: int) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def back_to(version: PlanVersion, place: str = "") -> HttpResponse:
    """Back to the page of a version, at an anchor or at the button pressed last."""
    return redirect(f"{address('version', version.pk)}{place}")


def draft_at(pk: int) -> PlanVersion:
    return get_object_or_404(PlanVersion.objects.drafts(), pk=pk)


def named(version: PlanVersion) -> str:
    text = _("Draft %(number)d") if version.is_draft else _("Version %(number)d")
    return text % {"number": version.number}


def crumb_of(version: PlanVersion) -> Crumb:
    return address("version", version.pk), named(version)


def show(
    request: HttpRequest,
    template: str,
    title: str,
    crumbs: list[Crumb],
    context: dict[str, Any],
) -> HttpResponse:
    """A page of the admin under those that lead to it."""
    items = [
        (reverse("wagtailadmin_home"), _("Home")),
        (address("index"), _("Training plans")),
        *crumbs,
        ("", title),
    ]
    surroundings = {
        "page_title": title,
        "header_title": title,
        "header_icon": "list-ol",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in items],
    }
    name = f"lms_competencies/builder/{template}.html"
    return render(request, name, {**surroundings, **context})


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when: for the actions. The emergency account is no person."""
    return {"by": Person.of(request.user), "at": timezone.now()}


def attempt(request: HttpRequest, act: Callable[..., Any], **told: Any) -> Any:
    """Do it, or say why not: what an action refuses is a sentence for the page."""
    try:
        return act(**told, **acting(request))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return None


def role_names() -> dict[str, str]:
    return {role.key: role.short_title for role in Role.objects.all()}
