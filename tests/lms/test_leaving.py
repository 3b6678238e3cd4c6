"""Somebody leaves: what happens is shown first, ends with the day, and can be undone."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from competencies.models import PlanItem
from lms import actions, outbox
from lms.models import (
    Access,
    Leaving,
    OutboxMessage,
    SupervisionTie,
    signers_for,
    staff_directed_by,
    staff_supervised_by,
)
from tests.factories import complete, employ, line, person, supervise

FRIDAY = datetime.date(2026, 12, 4)
YESTERDAY = datetime.date(2026, 11, 23)
PASSWORD = "a long enough password"


def note(somebody, by, last_day=FRIDAY, accesses=()) -> Leaving:
    return actions.note_last_day(
        staff_member=somebody.staff_members.get(),
        last_day=last_day,
        accesses=accesses,
        by=by,
        at=timezone.now(),
    )


def the_day_is_over() -> None:
    """What the outbox keeps for the day after the last one is due."""
    OutboxMessage.objects.update(due_at=timezone.now())
    outbox.drain()


def leave_page(somebody) -> str:
    return reverse("lms:staff_leave", args=[somebody.staff_members.get().pk])


def test_a_director_sees_what_happens_before_anything_does(client, dina, lena, sam):
    complete(lena, "OB-01", "OB-02")
    client.force_login(dina.user)
    page = client.get(leave_page(sam), {"last_day": "2026-12-04"}).content.decode()
    assert "Sam no longer supervises Lena" in page
    assert "Without a supervisor after that day" in page
    assert "Lena: 2 lines wait for a signature" in page
    assert "They have given no private e-mail yet" in page
    assert not Leaving.objects.exists()
    assert staff_supervised_by(sam.user).exists()


def test_a_seat_that_is_booked_is_named_with_who_can_settle_it(client, dina, lena):
    line(lena, "OB-01").note_booking(FRIDAY)
    client.force_login(dina.user)
    page = client.get(leave_page(lena), {"last_day": "2026-12-04"}).content.decode()
    assert "A seat is booked: Language as Advocacy, 4 Dec 2026" in page
    assert "Can be settled by Lena" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-01", "before the hire date"),
        ("2028-01-01", "more than a year ahead"),
        ("soon", "valid date"),
    ],
)
def test_a_day_that_makes_no_sense_is_said_next_to_the_field(
    client, dina, lena, day, sentence
):
    client.force_login(dina.user)
    assert sentence in client.get(leave_page(lena), {"last_day": day}).content.decode()
    page = client.post(leave_page(lena), {"last_day": day}).content.decode()
    assert sentence in page
    assert not Leaving.objects.exists()


def test_ties_end_with_the_last_day_also_those_of_who_stands_in(
    client, dina, lena, sam, ben
):
    client.force_login(dina.user)
    for somebody in (sam, ben):
        client.post(leave_page(somebody), {"last_day": "2026-11-30"})
    assert set(SupervisionTie.objects.values_list("ends_on", flat=True)) == {
        datetime.date(2026, 11, 30)
    }
    assert list(signers_for(lena.staff_members.get(), FRIDAY)) == [dina]


def test_who_supervises_a_leaver_no_longer_does(dina, lena, sam):
    note(lena, dina)
    assert sam.supervises.get().ends_on == FRIDAY


def test_the_directors_right_is_asked_about(client, northside, dina, sam):
    access = Access.objects.create(
        person=sam, kind="director", agency=northside, starts_on=YESTERDAY
    )
    client.force_login(dina.user)
    page = client.get(leave_page(sam), {"last_day": "2026-12-04"}).content.decode()
    assert "What else ends with that day?" in page
    assert "Director of an agency" in page
    client.post(leave_page(sam), {"last_day": "2026-12-04", "accesses": [access.pk]})
    access.refresh_from_db()
    assert access.ends_on == FRIDAY


def test_a_right_that_goes_on_is_left_alone(client, dina, sam):
    Access.objects.create(person=sam, kind="tta", starts_on=YESTERDAY)
    client.force_login(dina.user)
    client.post(leave_page(sam), {"last_day": "2026-12-04"})
    assert sam.accesses.get().ends_on is None


def test_a_right_of_somebody_else_cannot_be_ended(client, dina, lena, abe):
    client.force_login(dina.user)
    access = abe.accesses.get()
    client.post(leave_page(lena), {"last_day": "2026-12-04", "accesses": [access.pk]})
    access.refresh_from_db()
    assert access.ends_on is None


def test_the_last_director_is_told_that_nobody_follows(client, dina):
    client.force_login(dina.user)
    page = client.get(leave_page(dina), {"last_day": "2026-12-04"}).content.decode()
    assert "Nobody else directs this agency" in page


def test_until_the_day_is_over_it_can_be_undone(client, dina, lena, sam, northside):
    access = Access.objects.create(
        person=sam, kind="director", agency=northside, starts_on=YESTERDAY
    )
    note(sam, dina, accesses=[access])
    client.force_login(dina.user)
    undo = reverse("lms:staff_leave_undo", args=[sam.staff_members.get().pk])
    client.post(undo)
    assert sam.supervises.get().ends_on is None
    assert sam.accesses.get().ends_on is None
    assert sam.staff_members.get().left_on is None
    the_day_is_over()
    assert not Leaving.objects.exists()


def test_undoing_takes_nothing_back_from_who_was_named_next(dina, lena, sam, ben, at):
    leaving = note(sam, dina)
    actions.tie_supervisor(
        staff_member=lena.staff_members.get(), supervisor=ben, scope="plan",
        kind="main", starts_on=FRIDAY + datetime.timedelta(days=1), ends_on=None,
        by=dina, at=at,
    )  # fmt: skip
    actions.undo_leaving(leaving=leaving, by=dina, at=at)
    assert sam.supervises.get().ends_on == FRIDAY


def test_after_the_day_nothing_is_undone(client, dina, lena, sam):
    note(sam, dina, last_day=YESTERDAY)
    client.force_login(dina.user)
    undo = reverse("lms:staff_leave_undo", args=[sam.staff_members.get().pk])
    page = client.post(undo, follow=True).content.decode()
    assert "can no longer be undone" in page
    assert sam.supervises.get().ends_on == YESTERDAY


def test_who_works_on_at_another_agency_keeps_supervising_there(
    dina, sam, eastside, olu
):
    here = sam.staff_members.get()
    employ(sam, eastside, "supervisor")
    there = supervise(sam, olu.staff_members.get())
    actions.note_last_day(
        staff_member=here, last_day=FRIDAY, accesses=[], by=dina, at=timezone.now()
    )
    there.refresh_from_db()
    assert there.ends_on is None
    assert sam.supervises.exclude(pk=there.pk).get().ends_on == FRIDAY


def test_who_works_nowhere_any_more_supervises_nowhere(dina, sam, olu):
    there = supervise(sam, olu.staff_members.get(), kind="outside")
    note(sam, dina)
    there.refresh_from_db()
    assert there.ends_on == FRIDAY


def test_a_director_reads_no_names_of_another_agency(client, dina, sam, olu):
    supervise(sam, olu.staff_members.get(), kind="outside")
    client.force_login(dina.user)
    page = client.get(leave_page(sam), {"last_day": "2026-12-04"}).content.decode()
    assert "Olu" not in page


def test_a_supervisor_is_shown_what_is_open_and_who_is_left(client, dina, lena, sam):
    complete(lena, "OB-01")
    note(sam, dina)
    client.force_login(sam.user)
    page = client.get("/").content.decode()
    assert "Your last day" in page
    assert "Lena: 1 line waits for a signature" in page
    assert "Without a supervisor after that day" in page
    assert "Before you go: add a passkey" in page


def test_who_is_left_behind_reads_who_can_sign(client, dina, lena, sam):
    note(sam, dina, last_day=YESTERDAY)
    client.force_login(lena.user)
    page = client.get("/").content.decode()
    assert "You have no supervisor right now" in page
    assert "Sam supervised you until 23 Nov" in page
    assert "can sign what you finish: Dina" in " ".join(page.split())
    client.force_login(dina.user)
    page = client.get("/").content.decode()
    assert "Nobody supervises them right now" in page
    assert reverse("lms:staff_supervisor", args=[lena.staff_members.get().pk]) in page


def test_the_director_can_sign_what_a_leaver_left_open(dina, lena, sam):
    complete(lena, "OB-01")
    note(lena, dina, last_day=YESTERDAY)
    assert PlanItem.objects.awaiting_signature_by(dina).count() == 1
    assert PlanItem.objects.awaiting_signature_by(sam).count() == 0


OWN = ["/", "/plan/", "/certificates/", "/me/name/", "/me/private-email/"]


def test_an_account_shrinks_to_its_own_rows_on_the_next_request(
    client, dina, lena, sam, northside
):
    client.force_login(sam.user)
    plan = reverse("lms_competencies:plan_detail", args=[lena.staff_members.get().pk])
    assert client.get(plan).status_code == 200
    access = Access.objects.create(
        person=sam, kind="director", agency=northside, starts_on=YESTERDAY
    )
    assert client.get("/staff/").status_code == 200
    note(sam, dina, last_day=YESTERDAY, accesses=[access])
    assert client.get(plan).status_code == 404
    assert client.get("/staff/").status_code == 404
    assert not staff_directed_by(sam.user).exists()
    for address in OWN:
        assert client.get(address).status_code == 200, address
    page = client.get("/").content.decode()
    assert "Your records stay yours" in page
    for closed in ["My team", "Learn", "Who can I call?"]:
        assert closed not in page


def test_the_plan_of_a_leaver_is_read_only(client, dina, lena, sam):
    item = line(lena, "OB-02")
    [completion] = complete(lena, "OB-01")
    entry = lena.staff_members.get().plan.checklist.first()
    note(lena, dina, last_day=YESTERDAY)
    client.force_login(lena.user)
    page = client.get(f"/plan/items/{item.pk}/").content.decode()
    assert "<textarea" not in page
    assert "Kept as it was on the last day" in client.get("/plan/").content.decode()
    for name, pk in [
        ("item_words", item.pk),
        ("item_seat", item.pk),
        ("completion_add", item.pk),
        ("completion_withdraw", completion.pk),
        ("checklist_note", entry.pk),
    ]:
        address = reverse(f"lms_competencies:{name}", args=[pk])
        assert client.post(address).status_code == 404, name


def test_without_a_private_address_the_work_mailbox_opens_nothing(client, dina, lena):
    note(lena, dina, last_day=YESTERDAY)
    the_day_is_over()
    reset = reverse("account_reset_password")
    answer = client.post(reset, {"email": lena.user.email})
    assert answer.status_code == 302
    assert mail.outbox == []
    client.post(reset, {"email": dina.user.email})
    assert len(mail.outbox) == 1


def test_sign_in_moves_to_the_private_address(client, dina, lena):
    lena.private_email = "lena@home.test"
    lena.save()
    client.force_login(lena.user)
    note(lena, dina, last_day=YESTERDAY)
    the_day_is_over()
    the_day_is_over()
    [letter] = mail.outbox
    assert letter.to == ["lena@home.test"]
    assert "/accounts/2fa/" in letter.body
    assert client.get("/").status_code == 302  # the session has ended
    login = reverse("account_login")
    client.post(login, {"login": "lena@example.test", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(login, {"login": "lena@home.test", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(lena.user.pk)
    address = EmailAddress.objects.get(user=lena.user)
    assert (address.email, address.verified) == ("lena@home.test", True)


def test_who_leaves_the_training_team_leaves_the_editors_group(dina, sam, at):
    access = actions.grant_access(
        person=sam, kind="tta", agency=None, starts_on=YESTERDAY, by=None, at=at
    )
    note(sam, dina, last_day=YESTERDAY, accesses=[access])
    assert sam.user.groups.exists()
    the_day_is_over()
    assert not sam.user.groups.exists()


def test_a_director_elsewhere_notes_nobodys_last_day(client, abe, lena):
    client.force_login(abe.user)
    answer = client.post(leave_page(lena), {"last_day": "2026-12-04"})
    assert answer.status_code == 404
    assert not Leaving.objects.exists()


def test_the_first_page_costs_the_same_however_many_are_without_a_supervisor(
    client, dina, northside, lena, assert_queries_do_not_grow
):
    client.force_login(dina.user)
    numbers = iter(range(100))

    def hire() -> None:
        for _ in range(3):
            employ(person(f"Noa {'abcdefghi'[next(numbers)]}"), northside, "frss")

    hire()
    assert_queries_do_not_grow(lambda: client.get("/"), hire)


def test_once_another_agency_employs_them_the_earlier_one_answers_for_nothing(
    client, dina, lena, eastside
):
    here = lena.staff_members.get()
    note(lena, dina, last_day=YESTERDAY)
    employ(lena, eastside, "frss")
    client.force_login(dina.user)
    for name in ["staff_change", "staff_reset", "staff_leave_code", "staff_invite"]:
        address = reverse(f"lms:{name}", args=[here.pk])
        assert client.post(address).status_code == 404, name
    assert client.get(reverse("lms:staff_detail", args=[here.pk])).status_code == 200


def test_nobody_is_invited_into_a_mailbox_that_stayed_behind(client, dina, lena):
    lena.email = "lena@work.test"
    lena.save()
    note(lena, dina, last_day=YESTERDAY)
    client.force_login(dina.user)
    address = reverse("lms:staff_invite", args=[lena.staff_members.get().pk])
    assert client.post(address).status_code == 404


def test_a_director_finds_those_who_left(client, dina, lena):
    note(lena, dina, last_day=YESTERDAY)
    client.force_login(dina.user)
    page = client.get("/staff/").content.decode()
    assert "People who have left" in page
    assert leave_page(lena) in page
