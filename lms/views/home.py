from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lms import vault
from lms.conf import conf
from lms.dashboard import home_panels
from lms.models import Person


@login_required
def home(request: HttpRequest) -> HttpResponse:
    context = {"person": Person.of(request.user), "panels": home_panels(request)}
    return render(request, "lms/home.html", context)


@login_required
def style_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/style_guide.html")


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the site can do its work: 200 when all is well, 503 when not.

    A closed vault is told and is no reason to take the rest away.
    """
    health = {
        "database": _database(),
        "migrations": _migrations(),
        "worker": _worker(),
    }
    is_well = all(answer in {"ok", "inline"} for answer in health.values())
    health["vault"] = _vault()
    return JsonResponse(health, status=200 if is_well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "not reachable"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "not known"
    return "waiting" if waiting else "ok"


def _worker() -> str:
    if conf.runs_work_inline:
        return "inline"
    try:
        return "ok" if cache.get(conf.heartbeat_key) else "not heard of lately"
    except DatabaseError:
        return "not known"


def _vault() -> str:
    try:
        return "closed" if vault.fault() else "ok"
    except DatabaseError:
        return "not known"
