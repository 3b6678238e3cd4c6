"""What demo and production share. Neither is complete without the other file."""

import os
from pathlib import Path

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from .environment import database, sqlite

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("ALONGSIDE_VAR", BASE_DIR / "var")).absolute()
LMS_VAR_DIR = VAR_DIR

DEBUG = False
INSTALLED_APPS = [
    "lms.project",
    "lms.project.accounts",
    "lms.project.sign_on",
    "lms",
    "competencies",
    "supervision_logs",
    "content",
    "certificates",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "lms.project.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lms.project.middleware.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.project.middleware.SecondFactorMiddleware",
    "lms.project.middleware.AgencyTimeZoneMiddleware",
    "lms.project.middleware.TypedTextMiddleware",
]
ROOT_URLCONF = "lms.project.urls"
WSGI_APPLICATION = "lms.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "lms" / "project" / "templates"],
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
    "default": database(os.environ["DATABASE_URL"])
    if os.environ.get("DATABASE_URL")
    else sqlite(VAR_DIR / "db.sqlite3")
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
    }
    if os.environ.get("REDIS_URL")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "lms_cache",
        # At 300, as Django has it, a guesser pushes their own count of tries out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "lms_accounts.User"
AUTHENTICATION_BACKENDS = ["lms.project.accounts.backends.AccessTodayBackend"]
PASSWORD_HASHERS = [
    "lms.project.accounts.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "lms.project.accounts.validators.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "lms:home"
ACCOUNT_ADAPTER = "lms.project.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address is changed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or factor is told by mail
MFA_ADAPTER = "lms.project.accounts.adapter.MFAAdapter"
MFA_FORMS = {"add_webauthn": "lms.project.accounts.forms.AddPasskeyForm"}
MFA_TOTP_ISSUER = "Alongside"
SOCIALACCOUNT_ADAPTER = "lms.project.sign_on.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's defaults, said because what we promise hangs on them.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

# Who must have a second factor is asked for one, and acts that count ask once more.
LMS_DOORS_ARE_STRICT = True
LMS_IDLE_MINUTES = 30  # a phone left on a table in a family's kitchen
LMS_LONGEST_HOURS = 12  # a working day with its evening; the night signs out
SESSION_COOKIE_AGE = LMS_LONGEST_HOURS * 3600  # no longer in the database either
# How many proxies of ours stand in front: each adds one line to X-Forwarded-For.
LMS_TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "America/New_York"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "lms.project.error_reports.WithoutWords"
DATA_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "alongside@localhost")

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "work-outbox": {"task": "lms.tasks.work_outbox", "schedule": 15},
    "seal-trail": {"task": "lms.tasks.seal_trail", "schedule": 300},
    "inspect-trail": {"task": "lms.tasks.inspect_trail", "schedule": 3600},
    "carry-out-deletions": {
        "task": "lms.tasks.carry_out_deletions",
        "schedule": 3600,
    },
    "retention": {"task": "lms.tasks.apply_retention", "schedule": 24 * 3600},
    "end-histories": {"task": "lms.tasks.end_due_histories", "schedule": 3600},
    "sync-plans": {
        "task": "competencies.tasks.sync_everyone",
        "schedule": crontab(hour=7, minute=30),  # UTC: night in the whole country
    },
    "remind-of-certificates": {
        "task": "certificates.tasks.remind",
        "schedule": crontab(hour=13, minute=15),  # UTC: morning in the whole country
    },
    "beat": {"task": "lms.project.tasks.leave_heartbeat", "schedule": 20},
}

SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview is a frame of its own site

WAGTAIL_SITE_NAME = "Alongside"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "UTC",
]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "lms.project.forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "mp4",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "rtf",
    "txt",
    "vtt",
    "webm",
    "xlsx",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list = []  # to keep; never shown inside the site
WAGTAILEMBEDS_FINDERS: list = []  # no third-party request, ever

LMS_STATE_PACK = os.environ.get("STATE_PACK")
LMS_PROGRAM_NAME = os.environ.get("PROGRAM_NAME", "Alongside")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
