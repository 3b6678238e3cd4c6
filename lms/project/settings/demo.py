"""A site to look around in, on this machine, with people who do not exist."""

import os
import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR


def _kept_secret() -> str:
    """The same key for every process and every start, made on the first one."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


LMS_IS_DEMO = True
LMS_DOORS_ARE_STRICT = False
LMS_CONTENT_SHOWS_UNCLEARED_LAW = True
LMS_DEMO_NOTICE = (
    "This is a demonstration: the people are invented, and nobody is asked for a "
    "second factor. Please enter nothing real."
)
SECRET_KEY = os.environ.get("SECRET_KEY") or _kept_secret()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS: list = []
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
LMS_VAULT_RING = VAR_DIR / "keys" / "vault-ring.json"
LMS_PROGRAM_NAME = "FIRST Steps Together (demonstration)"
for _folder in ("queue/messages", "queue/control", "mail", "media", "private"):
    (VAR_DIR / _folder).mkdir(parents=True, exist_ok=True)
