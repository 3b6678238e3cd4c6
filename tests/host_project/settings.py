"""A foreign Wagtail site: its own accounts, its own base template, its own addresses.

It plugs Alongside in with INSTALLED_APPS and one include.
"""

import os
from pathlib import Path

HERE = Path(__file__).parent
VAR = Path(os.environ["HOST_PROJECT_VAR"])

SECRET_KEY = "host"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "tests.host_project.people",
    "lms",
    "competencies",
    "supervision_logs",
    "content",
    "certificates",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "tests.host_project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "host.sqlite3"}
}
AUTH_USER_MODEL = "people.Member"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/sign-in/"
STATIC_URL = "/static/"
USE_TZ = True
WAGTAIL_SITE_NAME = "Host"
WAGTAILADMIN_BASE_URL = "https://host.example"
LMS_VAR_DIR = VAR
LMS_OUTBOX_INLINE = True
LMS_VAULT_RING = VAR / "vault-ring.json"
