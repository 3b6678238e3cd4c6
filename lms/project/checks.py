"""What ``check --deploy`` asks of a real program, beside Django's own questions.

Those of the database are asked with ``--database default``.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

from lms.conf import conf

SHORTEST_KEY = 50
A_YEAR = 365 * 24 * 3600
MAIL_THAT_GOES_NOWHERE = ("console", "dummy", "filebased", "locmem")
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def settings_are_for_real(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.LMS_IS_DEMO:
        return [
            Error(
                "These are the demonstration's settings: mail goes to a folder and "
                "nobody is asked for a second factor.",
                hint="Set DJANGO_SETTINGS_MODULE=lms.project.settings.production.",
                id="lms.E030",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def debug_is_off(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG:
        return [
            Error(
                "DEBUG is on: an error page shows settings and what people typed.",
                hint="Set DEBUG = False.",
                id="lms.E031",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def secret_key_is_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    demo_key = settings.VAR_DIR / "secret-key"
    is_of_the_demo = (
        demo_key.exists() and demo_key.read_text().strip() == settings.SECRET_KEY
    )
    if is_of_the_demo or len(settings.SECRET_KEY) < SHORTEST_KEY:
        return [
            Error(
                "SECRET_KEY is short, or the one of a demonstration: whoever has it "
                "can sign in as anyone.",
                hint="Make one with Python: secrets.token_urlsafe(50).",
                id="lms.E032",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "Any host name is answered: a forged one ends up in mailed links.",
            hint="Set DJANGO_ALLOWED_HOSTS to the site's own names.",
            id="lms.E033",
        )
    ]


@register(Tags.security, deploy=True)
def address_is_the_sites_own(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    hosts = settings.ALLOWED_HOSTS
    if address.scheme == "https" and validate_host(address.hostname or "", hosts):
        return []
    return [
        Error(
            f"Invitations would lead to {settings.WAGTAILADMIN_BASE_URL}, which is "
            f"not an https:// address of this site.",
            hint="Set BASE_URL to the address people type; its host is an allowed one.",
            id="lms.E034",
        )
    ]


@register(Tags.security, deploy=True)
def connection_is_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    wanted = {
        "SECURE_SSL_REDIRECT": settings.SECURE_SSL_REDIRECT,
        "SECURE_HSTS_SECONDS": settings.SECURE_HSTS_SECONDS >= A_YEAR,
        "SESSION_COOKIE_SECURE": settings.SESSION_COOKIE_SECURE,
        "SESSION_COOKIE_NAME": settings.SESSION_COOKIE_NAME.startswith("__Host-"),
        "CSRF_COOKIE_SECURE": settings.CSRF_COOKIE_SECURE,
        "CSRF_COOKIE_NAME": settings.CSRF_COOKIE_NAME.startswith("__Host-"),
    }
    loose = [name for name, is_tight in wanted.items() if not is_tight]
    if not loose:
        return []
    return [
        Error(
            f"A cookie or a page could travel unencrypted: {', '.join(loose)}.",
            hint="Take them from lms.project.settings.production, which sets all.",
            id="lms.E035",
        )
    ]


@register(Tags.security, deploy=True)
def mail_goes_out(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    kind = settings.EMAIL_BACKEND.split(".")[-2]
    if kind in MAIL_THAT_GOES_NOWHERE:
        return [
            Error(
                f"Mail goes to “{kind}” and reaches nobody: no invitation arrives.",
                hint="Set EMAIL_HOST and leave EMAIL_BACKEND as production has it.",
                id="lms.E036",
            )
        ]
    is_plain = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    if kind == "smtp" and is_plain and settings.EMAIL_HOST not in THIS_MACHINE:
        return [
            checks.Warning(
                f"Mail goes to {settings.EMAIL_HOST} unencrypted.",
                hint="Set EMAIL_USE_TLS=1, with the port the server names for it.",
                id="lms.W037",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def mail_has_a_sender(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        return [
            checks.Warning(
                f"Mail would come from {settings.DEFAULT_FROM_EMAIL}, which mail "
                f"servers refuse or call spam.",
                hint="Set DEFAULT_FROM_EMAIL to an address of your own domain.",
                id="lms.W038",
            )
        ]
    return []


@register(Tags.compatibility, deploy=True)
def work_is_kept(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if current_app.conf.broker_url.startswith("memory"):
        return [
            Error(
                "The broker is this process's memory: no worker hears of any work.",
                hint="Leave CELERY_BROKER_URL out: a queue of files. Or name a broker.",
                id="lms.E039",
            )
        ]
    return []


@register(Tags.database, deploy=True)
def a_worker_is_here(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases or conf.runs_work_inline or cache.get(conf.heartbeat_key):
        return []
    return [
        checks.Warning(
            "No worker was heard of in the last 90 seconds: mail waits.",
            hint="Start one: celery -A lms.project.celery worker, and beat beside it.",
            id="lms.W040",
        )
    ]
