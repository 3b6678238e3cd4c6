"""A name changes: asked for or given, from then on, with the earlier one kept."""

from django.urls import reverse
from django.utils import timezone

from certificates.models import Award, Certificate
from lms import actions
from lms.models import NameChange


def ask(client, somebody, name="Lena Berg") -> None:
    client.force_login(somebody.user)
    client.post(reverse("lms:my_name"), {"full_name": name})


def settle(client, director, act="make") -> int:
    client.force_login(director.user)
    change = NameChange.objects.get()
    address = reverse("lms:name_settle", args=[change.pk])
    return client.post(address, {act: ""}).status_code


def test_what_one_is_called_changes_at_once(client, lena):
    client.force_login(lena.user)
    client.post(reverse("lms:my_name"), {"called": "Leni"})
    lena.refresh_from_db()
    assert str(lena) == "Leni"


def test_a_full_name_is_asked_for_and_made(client, lena, dina):
    ask(client, lena)
    lena.refresh_from_db()
    assert lena.full_name == "Lena"
    client.force_login(dina.user)
    assert "Lena Berg" in client.get("/").content.decode()
    assert settle(client, dina) == 302
    lena.refresh_from_db()
    assert lena.full_name == "Lena Berg"
    client.force_login(lena.user)
    assert "Lena, until" in client.get(reverse("lms:my_name")).content.decode()


def test_a_name_may_be_left(client, lena, dina):
    ask(client, lena)
    settle(client, dina, "leave")
    lena.refresh_from_db()
    assert lena.full_name == "Lena"
    assert not NameChange.objects.waiting().exists()


def test_asking_again_replaces_the_first(client, lena):
    ask(client, lena)
    ask(client, lena, "Lena Bergmann")
    assert NameChange.objects.get().new_name == "Lena Bergmann"


def test_a_name_needs_letters(client, lena):
    ask(client, lena, "123")
    assert not NameChange.objects.exists()


def test_nobody_makes_the_change_they_asked_for(client, dina):
    ask(client, dina, "Dina Berg")
    assert settle(client, dina) == 404


def test_a_director_elsewhere_changes_no_name(client, lena, abe):
    ask(client, lena)
    assert settle(client, abe) == 404


def test_certificates_keep_the_name_they_were_issued_with(client, lena, dina):
    award = Award.objects.create(key="t", title="T", phase="orientation")
    Certificate.objects.create(
        person=lena, award=award, cycle="1", number="1", code="c", name="Lena",
        title="T", issuer="I", design="d", issued_on=timezone.localdate(), sha256="0",
    )  # fmt: skip
    ask(client, lena)
    settle(client, dina)
    assert Certificate.objects.get().name == "Lena"


def test_a_director_who_changes_a_name_leaves_the_earlier_one_on_record(
    client, lena, dina
):
    client.force_login(dina.user)
    client.post(
        reverse("lms:staff_change", args=[lena.staff_members.get().pk]),
        {"full_name": "Lena Berg", "hired_on": "2026-11-02", "fte": "1"},
    )
    change = NameChange.objects.get()
    assert (change.earlier_name, change.new_name) == ("Lena", "Lena Berg")
    assert (change.settled_by, change.is_made) == (dina, True)
    lena.refresh_from_db()
    assert lena.full_name == "Lena Berg"


def test_earlier_names_are_ones_own(lena, sam, dina, tia, at):
    change = actions.ask_for_name(person=lena, name="Lena Berg", at=at)
    actions.settle_name(change=change, is_made=True, by=dina, at=at)
    seen = NameChange.objects.visible_to
    assert seen(lena.user).exists()
    assert not any(seen(each.user).exists() for each in (sam, dina, tia))
