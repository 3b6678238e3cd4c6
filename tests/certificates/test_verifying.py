"""What a stranger learns who holds a code, a paper or a file."""

import datetime
import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certificates.models import Certificate
from certificates.rules import Disclosure, State, initials, name_told, stands

START = "/verify/"


def page_of(client, code: str) -> str:
    return client.get(reverse("lms_certificates:verify", args=[code])).content.decode()


def facts_of(client, code: str):
    return client.get(reverse("lms_certificates:verify_facts", args=[code]))


def upload(client, content: bytes) -> str:
    file = SimpleUploadedFile("c.pdf", content, "application/pdf")
    return client.post(START, {"file": file}).content.decode()


def choose(client, certificate, **choice):
    client.force_login(certificate.person.user)
    address = reverse("lms_certificates:certificate_detail", args=[certificate.pk])
    answer = client.post(address, choice)
    certificate.refresh_from_db()
    return answer


@given(st.text(min_size=1, max_size=90), st.sampled_from(list(State)))
def test_a_name_is_told_only_as_its_holder_chose(name, state):
    for discloses in (Disclosure.NOBODY, Disclosure.HIDDEN):
        assert name_told(name, discloses, state) == ""
    for discloses in Disclosure:
        assert name_told(name, discloses, State.SUPERSEDED) == ""


def test_initials_are_the_first_letter_of_every_word():
    assert initials("Ana Lima da Cruz") == "A. L. D. C."
    assert initials("José") == "J."


def test_a_certificate_is_valid_to_the_end_of_its_last_day():
    last = datetime.date(2026, 11, 24)
    so = {"expires_on": last, "is_revoked": False, "is_superseded": False}
    assert stands(last, **so) == State.VALID
    assert stands(last + datetime.timedelta(days=1), **so) == State.EXPIRED
    assert stands(last, **{**so, "is_revoked": True}) == State.REVOKED


def test_looking_first_shows_the_very_words_and_saves_nothing(client, issued):
    page = choose(client, issued, discloses="initials", look="1").content.decode()
    assert "This is how it would be" in page
    assert "<dd>L.</dd>" in page
    assert issued.discloses == "name"


def test_what_one_looks_at_is_what_strangers_then_read(client, issued):
    def shown(page: str) -> str:
        return re.search(r'<p class="verdict".*?</dl>', page, re.S)[0]

    looked = choose(client, issued, discloses="initials", look="1").content.decode()
    choose(client, issued, discloses="initials")
    client.logout()
    assert shown(looked) == shown(page_of(client, issued.code))


@pytest.mark.parametrize(
    ("discloses", "told"),
    [("name", "Lena"), ("initials", "L."), ("nobody", None), ("hidden", None)],
)
def test_page_and_machine_tell_the_same_name(client, issued, discloses, told):
    choose(client, issued, discloses=discloses)
    client.logout()
    page, answer = page_of(client, issued.code), facts_of(client, issued.code)
    assert answer.json().get("name") == told
    assert (f"<dd>{told}</dd>" in page) == bool(told)


def test_topics_are_told_only_when_the_holder_wants_that(client, issued):
    assert "Boundaries" not in page_of(client, issued.code)
    assert "took" not in facts_of(client, issued.code).json()
    choose(client, issued, discloses="name", shows_took="on")
    client.logout()
    assert "Boundaries" in page_of(client, issued.code)
    assert facts_of(client, issued.code).json()["took"][1] == "Boundaries"


def test_hidden_and_never_issued_are_the_same_answer_for_the_same_work(client, issued):
    """Page, machine and file: same status, same letters, same number of queries."""
    Certificate.objects.update(discloses=Disclosure.HIDDEN)
    content, never = bytes(issued.file.content), "0" * 32
    for ask in (
        lambda known: client.get(f"/verify/{issued.code if known else never}/"),
        lambda known: facts_of(client, issued.code if known else never),
        lambda known: client.post(
            START, {"file": SimpleUploadedFile("c.pdf", content if known else b"%PDF")}
        ),
    ):
        ask(known=True)  # the first of a minute also begins its count
        answers = []
        for known in (True, False):
            with CaptureQueriesContext(connection) as queries:
                answer = ask(known=known)
            body = answer.content.decode().replace(issued.code, never)
            body = re.sub(r'nonce="[^"]*"', "", body)
            answers.append((answer.status_code, body, len(queries)))
        assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "valid"),
        ({"expires_on": datetime.date(2026, 11, 1)}, "expired"),
        ({"revoked_at": timezone.now(), "revoked_because": "Mix-up"}, "revoked"),
        ({"superseded_at": timezone.now()}, "superseded"),
    ],
)
def test_machines_read_the_state_and_never_the_reason(client, issued, changes, state):
    Certificate.objects.update(**changes)
    answer = facts_of(client, issued.code)
    assert answer.json()["state"] == state
    assert answer["X-Robots-Tag"] == "noindex"
    assert ("name" in answer.json()) == (state != "superseded")
    for told in (answer.content.decode(), page_of(client, issued.code)):
        assert "Mix-up" not in told


def test_machines_are_told_that_a_code_is_unknown(client, db):
    answer = facts_of(client, "0" * 32)
    assert (answer.status_code, answer.json()) == (404, {"state": "unknown"})


def test_the_file_itself_is_a_match(client, issued):
    page = upload(client, bytes(issued.file.content))
    assert "byte for byte" in page
    assert "Valid" in page


def test_one_changed_byte_is_no_match(client, issued):
    content = bytearray(issued.file.content)
    content[-20] ^= 1
    page = upload(client, bytes(content))
    assert "No match" in page
    assert "Lena" not in page


def test_a_file_that_was_replaced_is_told_as_such(client, issued):
    Certificate.objects.update(superseded_at=timezone.now())
    page = upload(client, bytes(issued.file.content))
    assert "Replaced by a newer one" in page
    assert "<dd>Lena</dd>" not in page


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "This field is required"),
        ({"file": SimpleUploadedFile("c.pdf", b"")}, "empty"),
        (
            {"file": SimpleUploadedFile("c.pdf", b"x" * (5 * 1024 * 1024 + 1))},
            "larger than any certificate",
        ),
    ],
)
def test_no_file_is_answered_beside_the_field(client, db, files, says):
    answer = client.post(START, files)
    assert says in answer.content.decode()


def test_files_and_machines_are_counted_like_pages(client, issued, settings):
    settings.LMS_CERTIFICATES_VERIFICATIONS_A_MINUTE = 2
    page_of(client, issued.code)
    facts_of(client, issued.code)
    assert facts_of(client, issued.code).status_code == 429
    file = SimpleUploadedFile("c.pdf", bytes(issued.file.content))
    assert client.post(START, {"file": file}).status_code == 429


def test_the_digest_is_no_answer_to_a_stranger(client, issued):
    """It would let somebody prove a name by drawing the page again."""
    assert issued.sha256 == hashlib.sha256(bytes(issued.file.content)).hexdigest()
    told = facts_of(client, issued.code).content.decode()
    assert issued.sha256 not in told + page_of(client, issued.code)
