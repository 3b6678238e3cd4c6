"""A private e-mail: one's own, confirmed in the mailbox, and a way back from paper."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms import actions, outbox
from lms.models import AuditEntry, OneTimeCode, OutboxMessage

YESTERDAY = datetime.date(2026, 11, 23)
HOME = "lena@home.test"


def link_in(letter) -> str:
    [link] = re.findall(r"https?://[^/]+(/\S+)", letter.body)[:1]
    return link


def give(client, somebody, email=HOME) -> None:
    client.force_login(somebody.user)
    client.post(reverse("lms:my_private_email"), {"email": email})
    outbox.drain()


@pytest.fixture
def gone(lena, dina):
    """Lena left yesterday and had given no private address."""
    leaving = actions.note_last_day(
        staff_member=lena.staff_members.get(), last_day=YESTERDAY, accesses=[],
        by=dina, at=timezone.now(),
    )  # fmt: skip
    outbox.drain()
    lena.user.refresh_from_db()
    return leaving


def paper_code(client, leaving) -> str:
    client.force_login(leaving.noted_by.user)
    address = reverse("lms:staff_leave_code", args=[leaving.staff_member_id])
    page = client.post(address).content.decode()
    client.logout()
    return re.search(r"(\w{5}-){3}\w{5}", page)[0]


def test_it_is_asked_for_early_and_counts_once_it_is_confirmed(client, lena):
    client.force_login(lena.user)
    assert "A private e-mail, for later" in client.get("/").content.decode()
    give(client, lena)
    lena.refresh_from_db()
    assert lena.private_email == ""
    link = link_in(mail.outbox[0])
    client.get(link)
    lena.refresh_from_db()
    assert lena.private_email == ""  # opening the link alone confirms nothing
    client.post(link)
    lena.refresh_from_db()
    assert lena.private_email == HOME
    assert client.get(link).status_code == 404
    assert "A private e-mail, for later" not in client.get("/").content.decode()
    client.post(reverse("lms:my_private_email"), {"remove": ""})
    lena.refresh_from_db()
    assert lena.private_email == ""


def test_the_link_alone_is_not_enough(client, lena, sam):
    give(client, lena)
    link = link_in(mail.outbox[0])
    for stranger in (None, sam):
        client.logout()
        if stranger:
            client.force_login(stranger.user)
        client.post(link)
        client.post(link, {"code": "AAAAA-AAAAA-AAAAA-AAAAA"})
        lena.refresh_from_db()
        assert lena.private_email == ""


def test_only_the_address_given_last_can_be_confirmed(client, lena):
    give(client, lena, "wrong@home.test")
    give(client, lena)
    first, last = map(link_in, mail.outbox)
    assert client.get(first).status_code == 404
    client.post(last)
    lena.refresh_from_db()
    assert lena.private_email == HOME


def test_an_address_of_somebody_else_is_answered_by_mail_alone(client, lena, sam):
    give(client, lena, sam.user.email)
    [letter] = mail.outbox
    assert "opens another account" in letter.body
    assert "/way-back/" not in letter.body


def test_the_work_address_is_not_a_private_one(client, lena):
    lena.email = "lena@work.test"
    lena.save()
    client.force_login(lena.user)
    page = client.post(reverse("lms:my_private_email"), {"email": "Lena@work.test"})
    assert "stays with the agency" in page.content.decode()


def test_nobody_else_reads_it(client, cast):
    lena = cast["lena"].lms_person
    lena.private_email = HOME
    lena.save()
    staff_member = lena.staff_members.get().pk
    for who in ["sam", "dina", "tia", "ada"]:
        client.force_login(cast[who])
        for address in [f"/staff/{staff_member}/", f"/staff/{staff_member}/change/",
                        f"/staff/{staff_member}/leave/?last_day=2026-12-04",
                        f"/team/{staff_member}/", "/staff/", "/",
                        f"/people/same/{lena.pk}/{cast['sam'].lms_person.pk}/"]:  # fmt: skip
            assert HOME not in client.get(address).content.decode()


def test_no_secret_is_kept_in_the_database(client, lena):
    give(client, lena)
    secret = link_in(mail.outbox[0]).split("/")[2]
    assert secret not in str(list(OutboxMessage.objects.values()))
    assert secret not in str(list(OneTimeCode.objects.values()))
    assert HOME not in str(list(OutboxMessage.objects.values()))
    assert HOME not in str(list(AuditEntry.objects.values()))


def test_who_left_gives_one_and_signs_in_with_it_at_once(client, lena, gone):
    give(client, lena)
    client.post(link_in(mail.outbox[0]))
    outbox.drain()
    lena.user.refresh_from_db()
    assert lena.user.email == HOME


def test_paper_and_mailbox_together_lead_back(client, lena, gone):
    code = paper_code(client, gone)
    client.post(reverse("lms:way_back"), {"code": code.lower(), "email": HOME})
    outbox.drain()
    link = link_in(mail.outbox[0])
    assert client.post(link, {"code": code}).status_code == 200
    outbox.drain()
    letter = mail.outbox[1]
    assert letter.to == [HOME]
    form = client.get(link_in(letter)).url
    chosen = {"password1": "walking by the river", "password2": "walking by the river"}
    client.post(form, chosen)
    client.post(
        reverse("account_login"), {"login": HOME, "password": "walking by the river"}
    )
    assert client.get("/plan/").status_code == 200
    assert client.get("/modules/").content.decode().count("/modules/1/") == 0


def test_a_code_on_paper_works_once(client, lena, gone):
    code = paper_code(client, gone)
    client.post(reverse("lms:way_back"), {"code": code, "email": HOME})
    outbox.drain()
    client.post(link_in(mail.outbox[0]), {"code": code})
    page = client.post(reverse("lms:way_back"), {"code": code, "email": "x@x.test"})
    assert "has been used, or is too old" in page.content.decode()


def test_a_code_on_paper_is_too_old_after_thirty_days(client, lena, gone):
    code = paper_code(client, gone)
    made = OneTimeCode.objects.get()
    assert made.expires_at - made.made_at == datetime.timedelta(days=30)
    OneTimeCode.objects.update(expires_at=timezone.now())
    page = client.post(reverse("lms:way_back"), {"code": code, "email": HOME})
    assert "too old" in page.content.decode()


def test_somebody_elses_paper_does_not_confirm_the_address(client, lena, gone, sam):
    own = paper_code(client, gone)
    client.post(reverse("lms:way_back"), {"code": own, "email": HOME})
    outbox.drain()
    other = OneTimeCode.objects.create(
        person=sam, purpose="way_back", made_at=timezone.now(),
        expires_at=timezone.now() + datetime.timedelta(days=1),
    ).draw()  # fmt: skip
    page = client.post(link_in(mail.outbox[0]), {"code": other}).content.decode()
    assert "do not belong together" in page
    lena.refresh_from_db()
    assert lena.private_email == ""


def test_that_a_code_was_made_stands_on_the_persons_page(client, lena, gone):
    paper_code(client, gone)
    client.force_login(lena.user)
    assert "Dina made a code on paper for you" in client.get("/").content.decode()


def test_no_code_is_made_for_who_has_a_private_address(client, dina, lena, gone):
    lena.private_email = HOME
    lena.save()
    client.force_login(dina.user)
    address = reverse("lms:staff_leave_code", args=[gone.staff_member_id])
    assert client.post(address).status_code == 404
