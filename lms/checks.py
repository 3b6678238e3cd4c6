from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register


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
