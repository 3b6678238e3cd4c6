"""A foreign Wagtail site plugs the apps in with INSTALLED_APPS and one include."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import datetime, django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

call_command("migrate", verbosity=0)
call_command("vault", "init")
call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True)
call_command("load_starter")

from content.models import ModulePage
from lms.actions import add_staff_member
from lms.models import Agency, Person, Role

member = get_user_model().objects.create_user("mia", union_number="7")
add_staff_member(
    person=Person(full_name="Mia", user=member),
    agency=Agency.objects.create(name="Host"),
    hired_on=datetime.date(2026, 11, 2),
    roles=Role.objects.filter(key="frss"),
    by=None,
    at=timezone.now(),
)
client = Client()
client.force_login(member)
module = ModulePage.objects.live().first()
for address in ["", "plan/", "team/", "certificates/", "me/data/", f"modules/{module.pk}/"]:
    answer = client.get(f"/learning/{address}")
    assert answer.status_code == 200, address
    assert "The host's own header" in answer.content.decode(), address
assert Client().get("/learning/plan/").url == "/sign-in/?next=/learning/plan/"
print("plugged in")
"""


def test_a_foreign_site_plugs_the_apps_in(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.host_project.settings",
            "HOST_PROJECT_VAR": str(tmp_path),
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.endswith("plugged in\n"), done.stderr[-3000:]
