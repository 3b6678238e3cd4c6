"""Every field that points at a person or holds words says what becomes of it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from lms.models import DataKey, Person, PersonRecord, SealedText
from lms.privacy import Text, faults, holdings, openings, retention_rules

ROOT = Path(__file__).parents[1]
OURS = [
    *["lms", "lms_competencies", "lms_supervision_logs"],
    *["lms_content", "lms_certificates", "lms_accounts", "lms_sign_on"],
    *["account", "mfa", "socialaccount", "usersessions"],
]
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_says_what_becomes_of_it(model):
    assert faults(model) == []


@pytest.mark.parametrize("holding", holdings(), ids=lambda each: each.model.__name__)
def test_what_is_declared_exists(holding):
    for name in holding.declared:
        assert holding.model._meta.get_field(name)
    for blanking in holding.blankings():
        assert blanking.leaves is not None or blanking.field.null
    assert holding.fate.act != "keep" or holding.fate.because


@isolate_apps("lms")
def test_a_field_nobody_declared_fails_with_what_to_add():
    class Poem(models.Model):  # noqa: DJ008
        text = models.TextField()

        class Meta:
            app_label = "lms"

    class Diary(PersonRecord):
        class Meta:
            app_label = "lms"

    class Row(models.Model):  # noqa: DJ008
        diary = models.ForeignKey(Diary, models.CASCADE)

        class Meta:
            app_label = "lms"

    assert "add it to a Program" in faults(Poem)[0]
    assert "add a Holding" in faults(Diary)[0]
    assert "add a Holding" in faults(Row)[0]


def test_a_declared_model_fails_for_a_field_it_left_out(monkeypatch):
    [holding] = [each for each in holdings() if each.model is Person]
    monkeypatch.setitem(holding.__dict__, "declared", {"full_name"})
    sentences = faults(Person)
    assert len(sentences) == 6
    assert "lms.Person.user" in sentences[0]
    assert "add it to the Fields of Person" in sentences[0]


def test_sealed_words_are_in_the_vault_alone():
    sealed = {
        holding.model
        for holding in holdings()
        for each in holding.fields
        if each.text == Text.SEALED
    }
    assert sealed == {SealedText, DataKey}


def test_every_opening_that_is_logged_has_a_sentence():
    assert all(act.endswith(".opened") for act in openings())


def test_the_page_for_staff_tells_all_of_it():
    told = " ".join((ROOT / "docs" / "privacy.md").read_text().split())
    for holding in holdings():
        assert str(holding.label) in told
        assert str(holding.fate.because) in told
    for rule in retention_rules():
        for text in (rule.label, rule.lasts, rule.source):
            assert str(text) in told
