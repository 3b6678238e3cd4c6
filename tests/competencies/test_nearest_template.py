"""A plan for a role the template has no lines for starts from the nearest one."""

import pytest
from django.urls import reverse

from competencies.actions import start_plan_from
from competencies.models import PlanItem
from competencies.rules import Why, sentence
from lms.models import AuditEntry, Person, Role
from tests.factories import complete, employ, person


@pytest.fixture
def ada_at_the_desk(northside) -> Person:
    ada = person("ada")
    employ(ada, northside, "admin")
    return ada


def required_codes(somebody: Person) -> set[str]:
    lines = PlanItem.objects.filter(person=somebody).required()
    return set(lines.values_list("topic__code", flat=True))


def start(client, director: Person, somebody: Person, key: str):
    client.force_login(director.user)
    role = Role.objects.filter(key=key).first()
    staff_member = somebody.staff_members.get()
    return client.post(
        reverse("lms_competencies:plan_start", args=[staff_member.pk]),
        {"role": role.pk if role else ""},
        follow=True,
    )


def test_the_director_is_asked_where_the_template_has_nothing_for_the_role(
    client, dina, lena, ada_at_the_desk
):
    client.force_login(dina.user)
    for somebody, is_asked in [(ada_at_the_desk, True), (dina, True), (lena, False)]:
        page = client.get(
            reverse("lms:staff_detail", args=[somebody.staff_members.get().pk])
        )
        assert ("Where the plan starts" in page.content.decode()) == is_asked


def test_it_takes_in_the_lines_of_that_role_and_says_so(client, dina, ada_at_the_desk):
    before = required_codes(ada_at_the_desk)
    assert "M3-02" not in before
    told = start(client, dina, ada_at_the_desk, "frss")
    assert "The two of them adapt it" in told.content.decode()
    assert required_codes(ada_at_the_desk) > before
    line = PlanItem.objects.get(person=ada_at_the_desk, topic__code="M3-02")
    reasons = dict(Role.objects.values_list("key", "reason"))
    said = sentence(Why.from_data(line.because), reasons)
    assert said.startswith("Required: your plan starts from that of people who ")
    entry = AuditEntry.objects.get(act="plan.starts_from")
    assert (entry.about, entry.facts) == (ada_at_the_desk, {"role": "frss"})


def test_what_was_learned_stays_when_it_is_taken_back(client, dina, ada_at_the_desk):
    before = required_codes(ada_at_the_desk)
    start(client, dina, ada_at_the_desk, "frss")
    complete(ada_at_the_desk, "M3-02")
    start(client, dina, ada_at_the_desk, "")
    assert required_codes(ada_at_the_desk) == before
    assert PlanItem.objects.filter(
        person=ada_at_the_desk, topic__code="M3-02", completion__isnull=False
    ).exists()


def test_a_role_of_ones_own_goes_before_the_example(dina, ada_at_the_desk, at):
    staff_member = ada_at_the_desk.staff_members.get()
    frss = Role.objects.get(key="frss")
    staff_member.roles_held.create(role=frss, starts_on=staff_member.hired_on)
    start_plan_from(plan=staff_member.plan, role=frss, by=dina, at=at)
    line = PlanItem.objects.get(person=ada_at_the_desk, topic__code="M3-02")
    assert "by_example" not in line.because


def test_only_a_role_of_the_template_can_be_chosen(client, dina, ada_at_the_desk):
    told = start(client, dina, ada_at_the_desk, "director")
    assert "choose from the list" in told.content.decode()
    assert ada_at_the_desk.staff_members.get().plan.starts_from is None
