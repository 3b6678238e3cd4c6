"""The built wheel works: migrate, no missing migration, check, the six main pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")

import django

django.setup()

import wagtail
from django.core.management import call_command
from django.test import Client, override_settings

from competencies.models import PlanItem
from content.models import ModulePage
from lms.models import Person

call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True)
call_command("load_starter")
call_command("load_demo")
call_command("check", fail_level="WARNING")
call_command("collectstatic", interactive=False, verbosity=0)

module = ModulePage.objects.live().first()
PAGES = [
    ("newhire", "/"),
    ("newhire", "/plan/"),
    ("newhire", f"/modules/{module.pk}/"),
    ("supervisor", "/team/"),
    ("supervisor", "/team/sign-off/"),
    ("frss", "/certificates/"),
    ("tta", f"/admin/pages/{module.pk}/edit/"),
]
with override_settings(ALLOWED_HOSTS=["testserver"]):
    for login, address in PAGES:
        client = Client()
        person = Person.objects.get(email=f"{login}@demo.test")
        client.force_login(person.user)
        status = client.get(address).status_code
        print(f"{status} {login:10} {address}")
        assert status == 200, address
assert PlanItem.objects.exists()
print(f"Django {django.__version__}, Wagtail {wagtail.__version__}: fine.")
