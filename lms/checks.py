import logging
import stat
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import FileSystemStorage
from django.db import connection

from . import policy, vault
from .conf import conf
from .models import Agency, DataKey

OTHERS = stat.S_IRWXO

logger = logging.getLogger(__name__)


@register()
def engine_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if apps.is_installed("competencies"):
        return []
    return [
        Error(
            "The app “competencies” is not installed.",
            hint="Add “competencies” to INSTALLED_APPS, next to “lms”.",
            id="lms.E001",
        )
    ]


HINT = (
    "Nothing sealed can be written or read; all else works. Put the right file where "
    "LMS_VAULT_RING points, or, for a program that has none yet, run "
    "“manage.py vault init”."
)


@register()
def vault_has_a_ring(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    fault = vault.ring_fault()
    return [checks.Warning(fault, hint=HINT, id="lms.W018")] if fault else []


@register(Tags.database)
def ring_is_this_databases(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    tables = connection.introspection.table_names() if databases else []
    if DataKey._meta.db_table not in tables or vault.ring_fault():
        return []
    fault = vault.fault()
    return [checks.Warning(fault, hint=HINT, id="lms.W019")] if fault else []


def tell_when_the_vault_is_closed() -> None:
    """The vault's test of itself when a site starts: said aloud, and no more."""
    for fault in [*vault_has_a_ring(None), *ring_is_this_databases(None, ["default"])]:
        logger.warning("%s %s", fault.msg, fault.hint)


@register(Tags.security, deploy=True)
def evidence_is_not_public(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    place = _evidence_folder()
    public = [
        name
        for name in ("MEDIA_ROOT", "STATIC_ROOT")
        if place and _lies_in(place, getattr(settings, name))
    ]
    return [
        Error(
            f"Evidence is kept in {place}, inside {name}, where a web server may hand "
            f"it to anyone.",
            hint=f"Set LMS_VAR_DIR to a folder outside {name}.",
            id="lms.E020",
        )
        for name in public
    ]


@register(Tags.security, deploy=True)
def folders_are_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    places = {conf.var_dir}
    evidence = _evidence_folder()
    if evidence and not _lies_in(evidence, conf.var_dir):
        places.add(evidence)
    return [
        checks.Warning(
            f"Everyone with a login on this machine can look into {place}.",
            hint=f"Run: chmod 750 {place}",
            id="lms.W021",
        )
        for place in sorted(places)
        if place.exists() and place.stat().st_mode & OTHERS
    ]


@register(Tags.security, deploy=True)
def cache_is_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(("LocMemCache", "DummyCache")):
        return []
    return [
        checks.Warning(
            "Each process has a cache of its own, so that limits on sign-in attempts "
            "are counted per process.",
            hint="Set CACHES to Redis (REDIS_URL) or to the database's cache.",
            id="lms.W022",
        )
    ]


@register(Tags.database, deploy=True)
def time_zones_are_known(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases:
        return []
    known = zoneinfo.available_timezones()
    return [
        Error(
            f"{agency.name} is in the time zone “{agency.time_zone}”, which is not "
            f"known on this machine.",
            hint="Install the system's tzdata package, or correct the agency's zone.",
            id="lms.E023",
        )
        for agency in Agency.objects.all()
        if agency.time_zone not in known
    ]


def _evidence_folder() -> Path | None:
    storage = conf.private_storage
    if isinstance(storage, FileSystemStorage):
        return Path(storage.location)
    return None


def _lies_in(place: Path, root: Any) -> bool:
    return bool(root) and place.resolve().is_relative_to(Path(root).resolve())


@register()
def permissions_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    lines = policy.TABLE.read_text(encoding="utf-8").splitlines()
    return [
        Error(sentence, obj=policy.TABLE.name, id="lms.E002")
        for sentence in policy.faults(lines)
    ]
