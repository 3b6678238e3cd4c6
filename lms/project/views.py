"""Files that editors uploaded: handed out so that nothing in them runs on this site."""

from pathlib import PurePath

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve as serve_file
from wagtail.documents.views.serve import serve as serve_document

PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@login_required
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture. Nothing else in the folder of uploads has an address."""
    if PurePath(path).suffix.lower() not in PICTURES:
        raise Http404
    response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@login_required
def document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponseBase:
    """Wagtail's view, for people who are signed in, with a sandbox around the file."""
    response = serve_document(request, document_id, document_filename)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
