"""What each of the two writes for themselves after an hour."""

import pytest

from lms.models import AuditEntry, SealedShare, SealedText
from tests.conftest import TODAY

from .conftest import address, page, signed_in

WORDS = "I held my breath for most of it."


@pytest.fixture
def session(meet):
    return meet()


def write(person, session, words=WORDS):
    client = signed_in(person)
    return client.post(address("session_reflection", session.pk), {"words": words})


def test_each_of_the_two_has_a_room_of_their_own(session, lena, sam):
    write(lena, session)
    write(sam, session, "I talked too much.")
    assert WORDS in page(signed_in(lena), "session_reflection", session.pk)
    sams = page(signed_in(sam), "session_reflection", session.pk)
    assert "I talked too much." in sams
    assert WORDS not in sams
    assert SealedText.objects.count() == 2
    assert not AuditEntry.objects.filter(act__startswith="sealed").exists()


def test_nobody_sees_that_there_is_one(session, lena, sam, dina):
    before = page(signed_in(sam), "session_detail", session.pk)
    write(lena, session)
    assert page(signed_in(sam), "session_detail", session.pk).count(
        "Shown to you"
    ) == before.count("Shown to you")
    address_of = address("session_reflection", session.pk)
    assert signed_in(dina).get(address_of).status_code == 404
    shared = address("reflection_shared", session.pk)
    assert signed_in(sam).get(shared).status_code == 404


def test_it_is_shown_on_purpose_for_some_days_and_the_opening_is_told(
    session, lena, sam
):
    write(lena, session)
    told = {"with_whom": sam.pk, "days": 7}
    signed_in(lena).post(address("reflection_share", session.pk), told)
    assert (SealedShare.objects.get().ends_on - TODAY).days == 7
    assert "Shown to you" in page(signed_in(sam), "session_detail", session.pk)
    SealedShare.objects.update(ends_on="2100-01-01")  # the trail goes by the real clock
    assert WORDS in page(signed_in(sam), "reflection_shared", session.pk)
    opened = AuditEntry.objects.get(act="sealed.opened")
    assert (opened.actor, opened.about) == (sam, lena)


def test_it_is_shown_to_nobody_but_the_other(session, lena, dina):
    write(lena, session)
    told = {"with_whom": dina.pk, "days": 7}
    signed_in(lena).post(address("reflection_share", session.pk), told)
    assert not SealedShare.objects.exists()


def test_what_is_taken_back_or_written_anew_is_read_by_nobody(session, lena, sam):
    client = signed_in(lena)
    for end in ("withdraw", "anew"):
        write(lena, session)
        told = {"with_whom": sam.pk, "days": 30}
        client.post(address("reflection_share", session.pk), told)
        if end == "withdraw":
            client.post(address("reflection_withdraw", session.pk))
        else:
            write(lena, session, "Other words.")
        shared = address("reflection_shared", session.pk)
        assert signed_in(sam).get(shared).status_code == 404


def test_deleted_is_deleted(session, lena):
    write(lena, session)
    signed_in(lena).post(address("session_reflection", session.pk), {"delete": "x"})
    assert not SealedText.objects.exists()


def test_without_the_key_ring_nothing_typed_is_lost(session, lena, settings, tmp_path):
    settings.LMS_VAULT_RING = tmp_path / "lost.json"
    answer = write(lena, session)
    assert WORDS in answer.content.decode()
    assert "could not be sealed" in answer.content.decode()
    assert not SealedText.objects.exists()
