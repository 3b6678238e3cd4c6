"""The module somebody asks for, and where they are in it."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from content import actions
from content.models import ModulePage, ModuleProgress
from lms.models import Person


def module_page(request: HttpRequest, pk: int) -> ModulePage:
    modules = ModulePage.objects.visible_to(request.user)
    return get_object_or_404(modules.select_related("training"), pk=pk)


def progress_in(request: HttpRequest, page: ModulePage) -> ModuleProgress | None:
    own = ModuleProgress.objects.visible_to(request.user).select_related("person")
    return own.filter(module=page.translation_key).first()


def begin(request: HttpRequest, page: ModulePage) -> ModuleProgress:
    return progress_in(request, page) or actions.begin_module(
        page=page,
        person=Person.of(request.user),
        at=timezone.now(),
        on=timezone.localdate(),
    )


def refuse_a_file(request: HttpRequest) -> HttpResponse | None:
    """Files belong to modules: who reads none of those opens none of these."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not ModulePage.objects.visible_to(request.user).exists():
        raise Http404
    return None


def asked_for(request: HttpRequest) -> str:
    """What somebody searches for. PostgreSQL takes no null bytes."""
    return request.GET.get("q", "").replace("\0", "").strip()
