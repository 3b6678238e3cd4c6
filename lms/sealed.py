"""Pages with sealed words on them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)

from .vault import VaultClosedError

View = Callable[..., HttpResponse]


def sealed(view: View) -> View:
    """Mark a view that shows or takes sealed words.

    No cache keeps its pages, no error report tells what was sent. While the vault is
    closed it answers with a page that says so, unless it has more to say itself.
    """

    @wraps(view)
    @sensitive_post_parameters()
    @sensitive_variables()
    def sealed_view(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except VaultClosedError:
            response = render(request, "lms/sealed_closed.html", status=503)
        add_never_cache_headers(response)
        return response

    return sealed_view
