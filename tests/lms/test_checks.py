"""What ``check --deploy`` says of a real program: each thing once, and how to mend it."""

import pytest
from celery import current_app
from django.core import checks
from django.core.cache import cache

from lms.conf import conf
from lms.models import Agency

REAL = {
    "LMS_IS_DEMO": False,
    "LMS_OUTBOX_INLINE": False,
    "SECRET_KEY": "0123456789" * 6,
    "ALLOWED_HOSTS": ["alongside.example"],
    "WAGTAILADMIN_BASE_URL": "https://alongside.example",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example",
    "EMAIL_USE_TLS": True,
    "DEFAULT_FROM_EMAIL": "Alongside <alongside@alongside.example>",
}


@pytest.fixture
def real(settings, tmp_path, db):
    """The settings of a real program, with a private folder and a worker at work."""
    for name, value in REAL.items():
        setattr(settings, name, value)
    tmp_path.chmod(0o700)
    settings.VAR_DIR = settings.LMS_VAR_DIR = tmp_path
    cache.set(conf.heartbeat_key, "alive")
    yield settings
    cache.delete(conf.heartbeat_key)


def said() -> set[str]:
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    ours = [message for message in found if message.id.startswith("lms.")]
    assert all(message.hint for message in ours)
    return {message.id for message in ours}


def test_a_program_that_is_set_up_well_hears_nothing(real):
    assert said() == set()


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("LMS_IS_DEMO", True, "E030"),
        ("DEBUG", True, "E031"),
        ("SECRET_KEY", "short", "E032"),
        ("ALLOWED_HOSTS", ["*"], "E033"),
        ("ALLOWED_HOSTS", ["other.example"], "E034"),
        ("WAGTAILADMIN_BASE_URL", "http://alongside.example", "E034"),
        ("SECURE_SSL_REDIRECT", False, "E035"),
        ("SECURE_HSTS_SECONDS", 3600, "E035"),
        ("SESSION_COOKIE_SECURE", False, "E035"),
        ("SESSION_COOKIE_NAME", "sessionid", "E035"),
        ("CSRF_COOKIE_SECURE", False, "E035"),
        ("CSRF_COOKIE_NAME", "csrftoken", "E035"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E036"),
        ("EMAIL_USE_TLS", False, "W037"),
        ("DEFAULT_FROM_EMAIL", "alongside@localhost", "W038"),
        ("DEFAULT_FROM_EMAIL", "Alongside <alongside@localhost>", "W038"),
    ],
)
def test_a_setting_that_is_not_for_a_real_program_is_named(real, name, value, number):
    setattr(real, name, value)
    assert said() == {f"lms.{number}"}


def test_mail_to_this_machine_needs_no_encryption(real):
    real.EMAIL_USE_TLS, real.EMAIL_HOST = False, "localhost"
    assert said() == set()


def test_the_demonstrations_key_is_known(real, tmp_path):
    (tmp_path / "secret-key").write_text(real.SECRET_KEY)
    assert said() == {"lms.E032"}
    (tmp_path / "secret-key").write_text("another")
    assert said() == set()


@pytest.mark.parametrize("root", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_evidence_among_public_files_is_refused(real, tmp_path, root):
    setattr(real, root, tmp_path / "private")
    assert said() == {"lms.E020"}
    setattr(real, root, tmp_path / "public")
    assert said() == set()


def test_a_folder_that_others_can_look_into_is_named(real, tmp_path):
    tmp_path.chmod(0o755)
    assert said() == {"lms.W021"}
    tmp_path.chmod(0o750)
    assert said() == set()


def test_evidence_outside_the_folder_is_looked_at_too(real, tmp_path):
    place = tmp_path / "elsewhere"
    place.mkdir(mode=0o755)
    real.LMS_VAR_DIR = tmp_path / "var"
    backend = "django.core.files.storage.FileSystemStorage"
    private = {"BACKEND": backend, "OPTIONS": {"location": place}}
    real.STORAGES = {**real.STORAGES, "lms_private": private}
    assert said() == {"lms.W021"}
    place.chmod(0o700)
    assert said() == set()


def test_a_cache_of_each_process_is_named(real):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    real.CACHES = {"default": {"BACKEND": backend}}
    cache.set(conf.heartbeat_key, "alive")
    assert said() == {"lms.W022"}


def test_a_time_zone_this_machine_does_not_know_is_named(real):
    agency = Agency.objects.create(name="Far away", time_zone="Mars/Olympus")
    assert said() == {"lms.E023"}
    Agency.objects.filter(pk=agency.pk).update(time_zone="America/Chicago")
    assert said() == set()


def test_a_broker_that_forgets_is_refused(real, monkeypatch):
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    monkeypatch.setattr(current_app.conf, "broker_url", "memory://")
    assert said() == {"lms.E039"}


def test_a_missing_worker_is_named_where_one_is_needed(real):
    cache.delete(conf.heartbeat_key)
    assert said() == {"lms.W040"}
    real.LMS_OUTBOX_INLINE = True
    assert said() == set()


def test_demo_people_are_found(real, django_user_model):
    django_user_model.objects.create_user(email="supervisor@demo.test")
    assert "lms.E010" in {
        message.id for message in checks.run_checks(databases=["default"])
    }
