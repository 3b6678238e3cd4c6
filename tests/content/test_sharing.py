"""A reflection shown to a supervisor, on purpose."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.models import AuditEntry, SealedShare, SealedText, SupervisionTie
from tests.conftest import TODAY

from .conftest import signed_in

WORDS = "A tired voice, and then a laugh."
SHARED = reverse("lms_content:shared")


@pytest.fixture
def reader(module, lena, sam) -> Client:
    client = signed_in(lena)
    send(client, module, **{"own-words": WORDS})
    return client


def send(client: Client, module, **told) -> str:
    address = reverse("lms_content:section", args=[module.pk, 2])
    sent = {"reflection": "own", **told}
    return client.post(address, sent, follow=True).content.decode()


def show(client: Client, module, reader, days: int = 14) -> str:
    return send(client, module, share="yes", reader=reader.pk, days=days)


def open_it(person) -> str:
    text = SealedText.objects.get()
    answer = signed_in(person).get(reverse("lms_content:shared_text", args=[text.pk]))
    return answer.content.decode() if answer.status_code == 200 else "not found"


def test_one_reads_first_what_would_be_shown_and_to_whom(module, reader):
    page = send(reader, module, share="ask")
    assert WORDS in page
    assert "Sam" in page
    assert not SealedShare.objects.exists()


def test_the_supervisor_reads_it_and_the_author_sees_that_they_did(
    module, reader, lena, sam
):
    assert "Sam can read it now." in show(reader, module, sam)
    assert "From Lena" in signed_in(sam).get(SHARED).content.decode()
    assert "1 reflection is shown to you" in signed_in(sam).get("/").content.decode()
    page = open_it(sam)
    assert WORDS in page
    assert "What did you hear?" in page
    entry = AuditEntry.objects.get(act="sealed.opened")
    assert (entry.actor, entry.about) == (sam, lena)


def test_nobody_else_reads_it(module, reader, sam, cast):
    show(reader, module, sam)
    for who, user in cast.items():
        if who not in {"sam", "root"}:
            assert open_it(user.lms_person) == "not found"


def test_it_ends_by_itself(module, reader, sam):
    show(reader, module, sam, days=7)
    share = SealedShare.objects.get()
    assert share.ends_on == TODAY + datetime.timedelta(days=7)
    yesterday = TODAY - datetime.timedelta(days=1)
    SealedShare.objects.update(starts_on=yesterday, ends_on=yesterday)
    assert open_it(sam) == "not found"
    assert "From Lena" not in signed_in(sam).get(SHARED).content.decode()


def test_it_is_taken_back(module, reader, sam):
    assert "Sam can read it until 8 Dec." in show(reader, module, sam)
    assert "It is for you alone again." in send(reader, module, withdraw="yes")
    assert open_it(sam) == "not found"


def test_new_words_are_for_oneself_again(module, reader, sam):
    show(reader, module, sam)
    send(reader, module, **{"own-words": "Other words."})
    assert open_it(sam) == "not found"


@pytest.mark.parametrize("who", ["dina", "tia", "olu"])
def test_only_a_supervisor_can_be_chosen(module, reader, cast, who):
    show(reader, module, cast[who].lms_person)
    assert not SealedShare.objects.exists()


def test_without_a_supervisor_it_is_said_what_to_do(module, reader):
    SupervisionTie.objects.all().delete()
    assert "there is nobody to show it to" in send(reader, module, share="ask")


def test_sharing_asks_once_more_who_one_is(module, reader, sam, settings):
    settings.LMS_DOORS_ARE_STRICT = True
    show(reader, module, sam)
    assert not SealedShare.objects.exists()


def test_taking_back_never_asks(module, reader, sam, settings):
    show(reader, module, sam)
    send(reader, module, withdraw="yes")
    assert not SealedShare.objects.exists()


def test_what_is_not_there_cannot_be_shown(module, lena, sam):
    client = signed_in(lena)
    address = reverse("lms_content:section", args=[module.pk, 2])
    sent = {"reflection": "own", "share": "yes", "reader": sam.pk, "days": 7}
    assert client.post(address, sent).status_code == 404
