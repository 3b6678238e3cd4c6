import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from lms.models import (
    OutboxMessage,
    Pause,
    Person,
    Role,
    StaffMember,
    SupervisionTie,
)
from tests.factories import employ, line


def told(**changes) -> dict:
    return {
        "full_name": "Noa Berg",
        "email": "noa@example.test",
        "hired_on": "2026-11-16",
        "fte": "1",
        "roles": ["frss"],
        **changes,
    }


def test_a_director_adds_a_person_and_the_plan_is_there(client, dina, northside):
    client.force_login(dina.user)
    answer = client.post(
        reverse("lms:staff_add"), told(agency=northside.pk), follow=True
    )
    noa = Person.objects.get(full_name="Noa Berg")
    assert noa.staff_members.get().plan.items.count() == 38
    assert "Who may read this plan" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hired_on": "1949-12-31"}, "before 1950"),
        ({"hired_on": "2036-11-16"}, "more than a year ahead"),
        ({"full_name": "  "}, "This field is required"),
        ({"full_name": "123"}, "with letters"),
        ({"email": "lena@example.test"}, "already uses this address"),
        ({"roles": []}, "This field is required"),
    ],
)
def test_what_makes_no_sense_is_said_next_to_the_field(
    client, dina, lena, northside, changes, sentence
):
    lena.email = "lena@example.test"
    lena.save()
    client.force_login(dina.user)
    values = told(agency=northside.pk, **changes)
    page = client.post(reverse("lms:staff_add"), values).content.decode()
    assert sentence in page
    assert not Person.objects.filter(full_name="Noa Berg").exists()


def test_a_director_adds_nobody_to_another_agency(client, dina, northside, eastside):
    client.force_login(dina.user)
    client.post(reverse("lms:staff_add"), told(agency=eastside.pk))
    assert not StaffMember.objects.filter(agency=eastside).exists()


def test_a_new_supervisor_ends_the_earlier_ones_access(client, dina, lena, sam, ben):
    client.force_login(dina.user)
    staff_member = lena.staff_members.get()
    ben.supervises.all().delete()
    client.post(
        reverse("lms:staff_supervisor", args=[staff_member.pk]),
        {
            "supervisor_name": "Ben",
            "scope": "plan",
            "kind": "main",
            "starts_on": "2026-11-24",
        },
    )
    ties = SupervisionTie.objects.current(datetime.date(2026, 11, 24))
    assert [tie.supervisor for tie in ties.filter(staff_member=staff_member)] == [ben]


def test_a_pause_moves_dates_and_its_removal_moves_them_back(client, dina, lena):
    client.force_login(dina.user)
    staff_member = lena.staff_members.get()
    client.post(
        reverse("lms:staff_pause", args=[staff_member.pk]),
        {"starts_on": "2026-11-20", "ends_on": "2026-11-24"},
    )
    assert line(lena, "OB-01").due_on == datetime.date(2026, 12, 5)
    pause = Pause.objects.get()
    client.post(
        reverse("lms:staff_pause_change", args=[staff_member.pk, pause.pk]),
        {"remove": ""},
    )
    assert line(lena, "OB-01").due_on == datetime.date(2026, 11, 30)


def test_pauses_do_not_overlap(client, dina, lena):
    client.force_login(dina.user)
    staff_member = lena.staff_members.get()
    address = reverse("lms:staff_pause", args=[staff_member.pk])
    client.post(address, {"starts_on": "2026-11-20", "ends_on": "2026-11-24"})
    page = client.post(address, {"starts_on": "2026-11-24"}).content.decode()
    assert "Another pause already covers these days" in page


def test_a_role_taken_up_twice_is_refused(client, dina, lena):
    client.force_login(dina.user)
    frss = Role.objects.get(key="frss")
    address = reverse("lms:staff_roles", args=[lena.staff_members.get().pk])
    page = client.post(address, {"role": frss.pk}).content.decode()
    assert "held already" in page


def test_the_staff_list_costs_the_same_however_many(
    client, dina, northside, lena, assert_queries_do_not_grow
):
    client.force_login(dina.user)
    number = iter(range(100))

    def hire() -> None:
        for _ in range(3):
            name = f"Noa {'abcdefghijk'[next(number)]}"
            values = told(agency=northside.pk, full_name=name, email="")
            client.post(reverse("lms:staff_add"), values)

    hire()
    assert_queries_do_not_grow(lambda: client.get(reverse("lms:staff_list")), hire)


def test_health_tells_what_is_broken(client, db, settings):
    assert client.get("/healthz").json()["worker"] == "inline"
    settings.LMS_OUTBOX_INLINE = False
    cache.delete("lms-worker-heartbeat")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {
        "database": "ok",
        "migrations": "ok",
        "worker": "not heard of lately",
        "vault": "ok",
    }
    cache.set("lms-worker-heartbeat", "alive")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("address", "sentence", "invited"),
    [
        ("noa@example.test", "on its way to noa@example.test", 1),
        ("", "Add a work e-mail first", 0),
        ("LENA@example.test", "somebody else signs in with this address", 0),
    ],
)
def test_an_invitation_goes_to_an_address_of_ones_own(
    client, dina, lena, northside, address, sentence, invited
):
    noa = Person.objects.create(full_name="Noa", email=address)
    there = reverse("lms:staff_invite", args=[employ(noa, northside, "frss").pk])
    client.force_login(dina.user)
    assert sentence in client.post(there, follow=True).content.decode()
    assert OutboxMessage.objects.filter(kind="lms.invite").count() == invited
