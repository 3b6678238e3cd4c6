from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

DEMO_DOMAIN = "@demo.test"
SENTENCE = (
    "This database holds demo logins (addresses ending in @demo.test), whose password "
    "is known. Start the program on a new database, or delete those accounts."
)


def demo_logins_exist() -> bool:
    user = get_user_model()
    if user._meta.db_table not in connection.introspection.table_names():
        return False
    return user._default_manager.filter(email__iendswith=DEMO_DOMAIN).exists()


def refuse_demo_logins() -> None:
    """Keep a real site from serving with demo logins in its database."""
    if not settings.LMS_IS_DEMO and demo_logins_exist():
        raise ImproperlyConfigured(SENTENCE)


@register(Tags.database)
def no_demo_logins(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    if databases and not settings.LMS_IS_DEMO and demo_logins_exist():
        return [Error(SENTENCE, id="lms.E010")]
    return []
