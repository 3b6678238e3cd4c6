"""Every room works with only the engine and the hub installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = """
import os
import django
from django.conf import settings
from django.core.management import call_command
from lms.project.settings import base

values = {key: value for key, value in vars(base).items() if key.isupper()}
rooms = {"supervision_logs", "content", "certificates"} - {ROOM}
values["INSTALLED_APPS"] = [app for app in base.INSTALLED_APPS if app not in rooms]
values["DATABASES"] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["ALONGSIDE_VAR"] + "/db.sqlite3",
    }
}
values["LMS_VAULT_RING"] = values["VAR_DIR"] / "vault-ring.json"
settings.configure(**values, SECRET_KEY="x", LMS_IS_DEMO=False)
django.setup()
call_command("migrate", verbosity=0)
if not values["LMS_VAULT_RING"].exists():
    call_command("vault", "init")
call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True)
call_command("load_starter")
from django.urls import get_resolver
assert get_resolver().url_patterns
"""


def run(room: str, folder: Path) -> None:
    program = PROGRAM.replace("ROOM", repr(room))
    subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", program],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "", "ALONGSIDE_VAR": str(folder)},
        check=True,
    )


@pytest.fixture(scope="session")
def only_the_engine_and_the_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without any room upstairs, from nothing."""
    folder = tmp_path_factory.mktemp("no_rooms")
    run("", folder)
    return folder


def test_installs_checks_and_migrates_with_only_the_engine_and_the_hub(
    only_the_engine_and_the_hub,
):
    assert (only_the_engine_and_the_hub / "db.sqlite3").exists()


@pytest.mark.parametrize("room", ["supervision_logs", "content", "certificates"])
def test_each_room_is_added_later_without_the_others(
    room, only_the_engine_and_the_hub, tmp_path
):
    shutil.copytree(only_the_engine_and_the_hub, tmp_path, dirs_exist_ok=True)
    run(room, tmp_path)
