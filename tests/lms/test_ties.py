"""Who supervises: named by the director, changed at once, one at a time."""

import datetime

import pytest
from django.urls import reverse

from lms import actions
from lms.models import SupervisionTie, staff_supervised_by


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


def test_a_new_supervisor_also_ends_a_tie_that_was_to_end_later(lena, sam, dina, at):
    staff_member = lena.staff_members.get()
    sam.supervises.update(ends_on=datetime.date(2027, 6, 30))
    actions.tie_supervisor(
        staff_member=staff_member, supervisor=dina, scope="plan", kind="main",
        starts_on=datetime.date(2026, 11, 24), ends_on=None, by=dina, at=at,
    )  # fmt: skip
    assert staff_supervised_by(dina.user).contains(staff_member)
    assert not staff_supervised_by(sam.user).contains(staff_member)


def test_a_stand_in_ends_nobodys_supervision(lena, sam, dina, at):
    staff_member = lena.staff_members.get()
    actions.tie_supervisor(
        staff_member=staff_member, supervisor=dina, scope="plan", kind="backup",
        starts_on=datetime.date(2026, 11, 24), ends_on=datetime.date(2026, 12, 4),
        by=dina, at=at,
    )  # fmt: skip
    assert staff_supervised_by(sam.user).contains(staff_member)


def test_a_supervisor_for_something_else_ends_nobodys_supervision(lena, sam, dina, at):
    staff_member = lena.staff_members.get()
    actions.tie_supervisor(
        staff_member=staff_member, supervisor=dina, scope="clinical", kind="main",
        starts_on=datetime.date(2026, 11, 24), ends_on=None, by=dina, at=at,
    )  # fmt: skip
    assert staff_supervised_by(sam.user).contains(staff_member)


def test_ending_a_supervision_ends_it_at_once(client, dina, lena, sam):
    client.force_login(dina.user)
    staff_member, tie = lena.staff_members.get(), sam.supervises.get()
    client.post(reverse("lms:staff_supervisor_end", args=[staff_member.pk, tie.pk]))
    assert not staff_supervised_by(sam.user).exists()


def test_a_supervision_that_ended_long_ago_is_not_made_longer(client, dina, lena, sam):
    client.force_login(dina.user)
    staff_member, tie = lena.staff_members.get(), sam.supervises.get()
    sam.supervises.update(ends_on=datetime.date(2026, 11, 6))
    client.post(reverse("lms:staff_supervisor_end", args=[staff_member.pk, tie.pk]))
    assert sam.supervises.get().ends_on == datetime.date(2026, 11, 6)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nobody Such", "Nobody here is called"),
        ("Olu", "Nobody here is called"),
        ("Lena", "Nobody supervises themselves"),
        ("a", "Whom do you mean"),
    ],
)
def test_a_supervisor_is_one_person_of_the_agency(client, cast, typed, sentence):
    client.force_login(cast["dina"])
    staff_member = cast["lena"].lms_person.staff_members.get()
    before = SupervisionTie.objects.count()
    told = {"supervisor_name": typed, "scope": "plan", "kind": "main"}
    page = client.post(
        reverse("lms:staff_supervisor", args=[staff_member.pk]),
        {**told, "starts_on": "2026-11-24"},
    ).content.decode()
    assert sentence in page
    assert SupervisionTie.objects.count() == before


def test_somebody_who_stands_in_does_so_until_a_day(client, dina, lena, sam):
    client.force_login(dina.user)
    address = reverse("lms:staff_supervisor", args=[lena.staff_members.get().pk])
    told = {"supervisor_name": "Sam", "scope": "plan", "kind": "backup"}
    page = client.post(address, {**told, "starts_on": "2026-11-24"}).content.decode()
    assert "until a day: which?" in page


def test_the_search_finds_people_of_the_agency_and_nobody_else(client, cast):
    client.force_login(cast["dina"])
    search = reverse("lms:people_search")
    found = client.get(search, {"supervisor_name": "a"}).content.decode()
    assert "Sam" in found
    assert "Olu" not in found
    assert "Sam" not in client.get(search).content.decode()
