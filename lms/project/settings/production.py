"""A real program. Everything it needs comes from the environment, and is asked for."""

import os

from .base import *  # noqa: F403
from .base import CELERY_BROKER_URL, INSTALLED_APPS, VAR_DIR
from .environment import needs, required, several

LMS_IS_DEMO = False
LMS_DOORS_ARE_STRICT = True  # always: nothing in the environment changes it
SECRET_KEY = required("SECRET_KEY", "a long random text that only this site knows.")
SECRET_KEY_FALLBACKS = several("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = several("DJANGO_ALLOWED_HOSTS") or [
    required("DJANGO_ALLOWED_HOSTS", "the site's host names, separated by commas.")
]
WAGTAILADMIN_BASE_URL = required("BASE_URL", "the address people type, with https://.")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL.rstrip("/")]
EMAIL_HOST = required("EMAIL_HOST", "the server that sends mail; invitations need it.")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
LMS_VAULT_RING = os.environ.get("VAULT_RING")
if os.environ.get("SAML") == "1":
    needs("onelogin", "SAML needs python3-saml: see docs/single-sign-on.md.")
    INSTALLED_APPS += ["allauth.socialaccount.providers.saml"]

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# W019: Wagtail's preview frames its own site. W021: a preload list is for the domain's
# owner to join, not for one site on it.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"

VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
if CELERY_BROKER_URL.startswith("filesystem"):
    for _folder in ("queue/messages", "queue/control"):
        (VAR_DIR / _folder).mkdir(parents=True, exist_ok=True)
