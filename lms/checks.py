import logging
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from . import vault
from .models import DataKey

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
