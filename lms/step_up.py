"""Proving once more that it is you, before an act that counts.

How somebody proves it belongs to the site: it tells through the hook
``register_lms_step_up``, whose function takes no argument and returns a ``StepUp``.
Where no site tells, nothing is asked: a host has doors of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class StepUp:
    """``is_needed_to_sign`` says whether the sign-in is too long ago for a signature,
    ``is_needed_to_share`` whether nothing was proved just now for an export or a
    share. ``ask`` answers with the page that asks, and goes on where one was."""

    is_needed_to_sign: Callable[[HttpRequest], bool]
    is_needed_to_share: Callable[[HttpRequest], bool]
    ask: Callable[[HttpRequest], HttpResponse]


def _asking_when(is_needed: Callable[[StepUp, HttpRequest], bool], view: View) -> View:
    @wraps(view)
    def asking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        for register in hooks.get_hooks("register_lms_step_up"):
            step_up = register()
            if is_needed(step_up, request):
                return step_up.ask(request)
        return view(request, *args, **kwargs)

    return asking


def signing(view: View) -> View:
    """Mark a view whose POST signs: it needs a sign-in or step-up of the last hour."""
    return _asking_when(
        lambda step_up, request: (
            request.method == "POST" and step_up.is_needed_to_sign(request)
        ),
        view,
    )


def sharing(view: View) -> View:
    """Mark a view that exports or shares: it always needs a step-up."""
    return _asking_when(
        lambda step_up, request: step_up.is_needed_to_share(request), view
    )
