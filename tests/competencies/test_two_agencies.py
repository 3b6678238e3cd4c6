"""Somebody works at two agencies: one set of completions, two plans, two signatures.

What was learned before the second one began is brought by the person.
"""

import datetime

from django.urls import reverse
from django.utils import timezone

from competencies import actions
from competencies.models import Completion, PlanItem
from lms.actions import bring_transcript
from lms.models import Agency, Person, StaffMember
from tests.factories import complete, employ, supervise


def join(person: Person, agency: Agency, supervisor: Person) -> StaffMember:
    staff_member = employ(person, agency, "frss")
    supervise(supervisor, staff_member)
    bring_transcript(staff_member=staff_member, at=timezone.now())
    return staff_member


def sign(signer: Person, completions: list[Completion], at: datetime.datetime) -> None:
    rows = Completion.objects.filter(pk__in=[each.pk for each in completions])
    lines = {row.pk: actions.seen(row) for row in rows}
    assert actions.sign(signer=signer, lines=lines, at=at).signed


def progress(person: Person, code: str) -> list[tuple[str, str]]:
    lines = PlanItem.objects.filter(person=person, topic__code=code).order_by("pk")
    return list(lines.values_list("staff_member__agency__name", "progress"))


def test_a_signature_counts_where_it_was_given(lena, sam, olu, eastside, at):
    sign(sam, complete(lena, "OB-01"), at)
    join(lena, eastside, olu)
    assert progress(lena, "OB-01") == [
        ("Northside", "complete"),
        ("Eastside", "awaiting"),
    ]


def test_a_second_agencys_signature_leaves_the_first_ones_line_complete(
    lena, sam, olu, eastside, at
):
    completions = complete(lena, "OB-01")
    sign(sam, completions, at)
    join(lena, eastside, olu)
    sign(olu, completions, at)
    actions.sync_plans(staff_members=lena.staff_members.all(), at=at)
    assert progress(lena, "OB-01") == [
        ("Northside", "complete"),
        ("Eastside", "complete"),
    ]


def test_a_rehire_is_a_new_plan_and_the_earlier_one_stays_as_it_was(
    lena, sam, northside, at
):
    completions = complete(lena, "OB-01")
    sign(sam, completions, at)
    lena.staff_members.update(left_on=datetime.date(2026, 11, 20))
    join(lena, northside, sam)
    sign(sam, completions, at)
    actions.sync_plans(staff_members=lena.staff_members.all(), at=at)
    assert progress(lena, "OB-01") == [("Northside", "complete")] * 2


def test_each_supervisor_reads_the_plan_of_their_own_agency_alone(
    client, lena, sam, olu, northside, eastside
):
    here, there = lena.staff_members.get(), join(lena, eastside, olu)
    for supervisor, own, other in [(sam, here, there), (olu, there, here)]:
        client.force_login(supervisor.user)
        for staff_member, status in [(own, 200), (other, 404)]:
            address = reverse("lms_competencies:plan_detail", args=[staff_member.pk])
            assert client.get(address).status_code == status
