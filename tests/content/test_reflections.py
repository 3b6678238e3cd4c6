"""What one writes for oneself in a module."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from content.models import ModulePage, ModuleProgress
from lms.models import AuditEntry, DataKey, SealedText
from tests.conftest import TODAY

from .conftest import add_module, signed_in

WORDS = "A tired voice, and then a laugh."


def address(module: ModulePage) -> str:
    return reverse("lms_content:section", args=[module.pk, 2])


def write(client: Client, module: ModulePage, words: str = WORDS, **told):
    sent = {"reflection": "own", "own-words": words, **told}
    return client.post(address(module), sent, follow=True)


def read(client: Client, module: ModulePage) -> str:
    return client.get(address(module)).content.decode()


@pytest.fixture
def reader(lena) -> Client:
    return signed_in(lena)


@pytest.fixture
def lost_ring(lena, settings, tmp_path) -> None:
    settings.LMS_VAULT_RING = tmp_path / "lost.json"


def test_it_is_said_beforehand_who_reads_it(module, reader):
    page = read(reader, module)
    assert "What did you hear?" in page
    assert "Only you. It is sealed when you keep it" in page
    assert "whoever runs the server" in page
    assert "Delete it" not in page


def test_what_one_keeps_is_there_again_for_oneself(module, reader, lena):
    page = write(reader, module)
    assert page.redirect_chain == [(f"{address(module)}#reflection-own", 302)]
    page = read(signed_in(lena), module)
    assert WORDS in page
    assert "Kept on 24 Nov, sealed for you alone." in page
    assert SealedText.objects.get().sealed_on == TODAY


def test_nobody_else_sees_it_or_that_it_is_there(module, reader, cast):
    unwritten = {who: read(signed_in_as(user), module) for who, user in cast.items()}
    write(reader, module)
    for who, user in cast.items():
        if who != "lena":
            page = read(signed_in_as(user), module)
            assert without_tokens(page) == without_tokens(unwritten[who])


def signed_in_as(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def without_tokens(page: str) -> str:
    lines = page.splitlines()
    page = "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
    return re.sub(r'nonce="[^"]*"', "", page)


def test_keeping_and_reading_leave_nothing_behind(module, reader):
    read(reader, module)
    entries, progress = (
        AuditEntry.objects.count(),
        ModuleProgress.objects.values().get(),
    )
    write(reader, module)
    read(reader, module)
    assert AuditEntry.objects.count() == entries
    assert ModuleProgress.objects.values().get() == progress


def test_it_can_be_changed(module, reader):
    write(reader, module)
    write(reader, module, "Other words.")
    page = read(reader, module)
    assert "Other words." in page
    assert WORDS not in page


def test_it_is_deleted_after_another_look(module, reader):
    write(reader, module)
    asked = write(reader, module, delete="ask").content.decode()
    assert WORDS in asked
    assert "Delete this for good?" in asked
    assert SealedText.objects.exists()
    write(reader, module, delete="for good")
    assert not SealedText.objects.exists()
    assert WORDS not in read(reader, module)


def test_what_is_not_there_cannot_be_deleted(module, reader):
    assert write(reader, module, delete="ask").status_code == 404
    assert write(reader, module, delete="for good").status_code == 200


def test_each_block_of_each_module_holds_its_own(module, chapter, reader):
    other = add_module(chapter, "module-ob-02", "Other steps")
    write(reader, module)
    assert WORDS not in read(reader, other)
    assert write(reader, module, reflection="no such block").status_code == 404


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Write something first."), ("x" * 10_001, "longer than 10,000 characters")],
)
def test_what_cannot_be_kept_stays_on_the_screen(module, reader, words, said):
    page = write(reader, module, words).content.decode()
    assert said in page
    assert words in page
    assert not SealedText.objects.exists()


def test_no_cache_keeps_the_page(module, reader):
    assert "no-store" in reader.get(address(module))["Cache-Control"]


def test_with_the_vault_closed_one_reads_on_and_nothing_is_lost(
    module, reader, settings, tmp_path
):
    write(reader, module)
    whole, settings.LMS_VAULT_RING = settings.LMS_VAULT_RING, tmp_path / "lost.json"
    answer = reader.get(address(module))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Reflections cannot be opened right now. Nothing is lost" in page
    assert "<textarea" not in page
    assert "What helps first?" in page
    settings.LMS_VAULT_RING = whole
    assert WORDS in read(reader, module)


def test_what_is_sent_to_a_closed_vault_comes_back(module, reader, lost_ring):
    page = write(reader, module).content.decode()
    assert "This could not be sealed just now" in page
    assert WORDS in page
    assert not SealedText.objects.exists()


def test_a_page_that_needs_the_vault_says_that_it_is_closed(
    module, reader, settings, tmp_path
):
    write(reader, module)
    settings.LMS_VAULT_RING = tmp_path / "lost.json"
    answer = write(reader, module, delete="ask")
    assert answer.status_code == 503
    assert "Nothing you sealed is lost" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_words_whose_key_is_gone_are_said_to_be_gone(module, reader):
    write(reader, module)
    DataKey.objects.all().delete()
    assert "can no longer be opened" in read(reader, module)
    asked = write(reader, module, delete="ask").content.decode()
    assert "can no longer be opened" in asked
    write(reader, module, "New words.")
    assert "New words." in read(reader, module)
