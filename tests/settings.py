import os
import tempfile
from pathlib import Path

os.environ.setdefault("ALONGSIDE_VAR", tempfile.mkdtemp(prefix="alongside-tests-"))

from lms.project.settings.base import *  # noqa: F403
from lms.project.settings.base import CACHES, DATABASES, STORAGES, VAR_DIR

LMS_IS_DEMO = False
LMS_DOORS_ARE_STRICT = False  # the tests of the doors make them strict
SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
LMS_OUTBOX_INLINE = True
# Where several processes test at once, each has a database of its own; what they
# share, such as Redis, each uses under a name of its own.
CACHES["default"]["KEY_PREFIX"] = CELERY_TASK_DEFAULT_QUEUE = os.environ.get(
    "PYTEST_XDIST_WORKER", "alone"
)
LMS_VAULT_RING = VAR_DIR / "keys" / "vault-ring.json"
for _folder in ("static", "media", "private", "queue/messages", "queue/control"):
    Path(VAR_DIR, _folder).mkdir(parents=True, exist_ok=True)
