"""Rules of the house that no linter knows."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail.admin.viewsets import viewsets
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from lms.models import Person, PersonRecord, StaffMember

ROOT = Path(__file__).parents[1]
APPS = ["lms", "competencies", "supervision_logs", "content", "certificates"]
UPSTAIRS = {"supervision_logs", "content", "certificates"}
ACTIONS = [
    path
    for app in APPS
    for path in [*(ROOT / app).glob("actions.py"), *(ROOT / app).glob("actions/*.py")]
]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_actions_know_no_request(path):
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [arg.arg for arg in function.args.args + function.args.kwonlyargs]
            assert "request" not in names, function.name


def test_templates_live_under_their_apps_label():
    for app in APPS:
        folders = [path.name for path in (ROOT / app / "templates").glob("*")]
        assert set(folders) <= {"lms" if app == "lms" else f"lms_{app}"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_foreign_keys_point_down_or_stay_home():
    for model in apps.get_models():
        app = model._meta.app_config.name
        if app not in APPS:
            continue
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                target = field.related_model._meta.app_config.name
                assert target not in UPSTAIRS - {app}, field


def test_templates_name_no_room_upstairs_but_their_own():
    for app in APPS:
        strangers = {f"lms_{room}" for room in UPSTAIRS - {app}}
        for path in (ROOT / app / "templates").rglob("*.html"):
            text = path.read_text()
            assert not [stranger for stranger in strangers if stranger in text], path


def test_no_record_about_a_person_is_in_the_wagtail_admin():
    """Superusers pass every permission there."""
    models = [getattr(viewset, "model", None) for viewset in viewsets.viewsets]
    shown = [model for model in models if isinstance(model, type)]
    shown += get_snippet_models()
    assert not [model for model in shown if issubclass(model, PersonRecord)]


def test_the_wagtail_admin_counts_no_rows_about_people():
    """Its "usage" pages tell how many rows point at a training, a role, an agency."""
    about = {Person, StaffMember}
    indexed = [model for model in ReferenceIndex.indexed_models if _is_ours(model)]
    for model in indexed:
        pointed_at = {field.related_model for field in model._meta.get_fields()}
        assert model not in about, model
        assert not about & pointed_at, model


def _is_ours(model: type) -> bool:
    return model._meta.app_config.name in APPS


def test_every_field_of_the_plan_reads_in_the_fields_own_words():
    """Words that the field does not use of people stand on no page of ours."""
    never = ["trainee", "delinquent", "deficien", "at risk", "clean record"]
    for app in APPS:
        for path in (ROOT / app).rglob("*.html"):
            text = path.read_text().lower()
            assert not [word for word in never if word in text], path
