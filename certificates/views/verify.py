"""Public: states facts about one certificate, to whoever holds its code or its file.

What nobody may ask about is left out by the query itself, so that it and what never
was take the same one query and get the same answer, letter for letter.
"""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from certificates.conf import conf
from certificates.forms import CodeForm, FileForm
from certificates.models import Certificate
from certificates.rules import UNKNOWN_TO_MACHINES, PublicFacts
from lms.conf import conf as hub


@never_cache
def verify_start(request: HttpRequest) -> HttpResponse:
    """For whoever holds a certificate on paper, or its file, and no phone to scan."""
    if request.method == "POST":
        return _check_file(request)
    form = CodeForm(request.GET or None)
    if form.is_valid() and form.cleaned_data["code"]:
        return redirect("lms_certificates:verify", form.cleaned_data["code"])
    return _start(request, form, FileForm())


def _check_file(request: HttpRequest) -> HttpResponse:
    """Compare the digest of a file that is read once and kept nowhere."""
    if _asks_too_often(request):
        return _later(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, CodeForm(), form)
    facts = _told(sha256=form.cleaned_data["sha256"])
    context = {"facts": facts, "is_file": True}
    return _answer(request, "lms_certificates/verify.html", context)


def _start(request: HttpRequest, form: CodeForm, file_form: FileForm) -> HttpResponse:
    context = {"form": form, "file_form": file_form}
    return _answer(request, "lms_certificates/verify_start.html", context)


@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    if _asks_too_often(request):
        return _later(request)
    facts = _told(code=code)
    context = {"facts": facts, "code": code}
    status = 200 if facts else 404
    return _answer(request, "lms_certificates/verify.html", context, status)


@never_cache
def verify_facts(request: HttpRequest, code: str) -> HttpResponse:
    """The same for machines: a state and what the holder chose to tell."""
    if _asks_too_often(request):
        return _unsearchable(JsonResponse({"state": "ask again later"}, status=429))
    facts = _told(code=code)
    told = facts.for_machines() if facts else UNKNOWN_TO_MACHINES
    return _unsearchable(JsonResponse(told, status=200 if facts else 404))


def _told(**asked: str) -> PublicFacts | None:
    certificate = Certificate.objects.known_to_strangers().filter(**asked).first()
    if certificate is None:
        return None
    return certificate.told_to_strangers(timezone.localdate())


def _later(request: HttpRequest) -> HttpResponse:
    return _answer(request, "lms_certificates/verify_later.html", {}, status=429)


def _answer(
    request: HttpRequest, template: str, context: dict, status: int = 200
) -> HttpResponse:
    return _unsearchable(render(request, template, context, status=status))


def _unsearchable(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _asks_too_often(request: HttpRequest) -> bool:
    """Counts by address and minute in the shared cache, so by all processes."""
    address = hashlib.sha256(hub.client_address(request).encode()).hexdigest()[:16]
    key = f"lms-verify-{address}-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > conf.verifications_a_minute
