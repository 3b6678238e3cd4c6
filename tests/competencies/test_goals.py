"""After the first year the plan goes on, with goals in the two people's own words."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from competencies.models import DevelopmentGoal, GoalStep, StaffPlan
from lms.models import AuditEntry, Person, StaffMember

MY_PLAN = reverse("lms_competencies:my_plan")
QUESTIONS = [
    "Specific",
    "Measurable",
    "Achievable",
    "Relevant",
    "Time-bound",
    "Inclusive",
    "Equitable",
]


def at_staff(person: Person, page: str = "goals") -> str:
    return reverse(f"lms_competencies:{page}", args=[person.staff_members.get().pk])


def at_goal(page: str = "goal_detail") -> str:
    return reverse(f"lms_competencies:{page}", args=[DevelopmentGoal.objects.get().pk])


def read(client, reader: Person, address: str) -> str:
    client.force_login(reader.user)
    return client.get(address).content.decode()


def set_goal(client, by: Person, about: Person, **told: str):
    client.force_login(by.user)
    normal = {"goal": "Lead a group on my own", "measurable": "Two evenings a month"}
    return client.post(at_staff(about, "goal_add"), normal | told)


def test_a_goal_asks_the_seven_questions_and_wants_none_answered(client, lena):
    page = read(client, lena, at_staff(lena, "goal_add"))
    assert [word for word in QUESTIONS if word not in page] == []
    answer = set_goal(client, lena, lena, measurable="")
    assert answer.status_code == 302
    assert DevelopmentGoal.objects.get().goal == "Lead a group on my own"


def test_both_write_it_and_nobody_else_reads_it(client, lena, sam, ben, dina):
    set_goal(client, sam, lena)
    client.force_login(lena.user)
    client.post(at_goal(), {"goal": "Lead a group", "aim_on": "2027-03-01"})
    assert "aim for 1 Mar 2027" in read(client, sam, at_staff(lena))
    for person in (ben, dina):
        client.force_login(person.user)
        for address in (at_staff(lena), at_goal(), at_staff(lena, "goal_add")):
            assert client.get(address).status_code == 404
        page = read(client, person, at_staff(lena, "plan_detail"))
        assert "Lead a group" not in page
        assert "Where to grow" not in page
    opened = AuditEntry.objects.filter(act__in=["goals.opened", "goal.opened"])
    assert {entry.actor_id for entry in opened} == {sam.pk}


def test_nothing_typed_is_lost_where_something_is_missing(client, lena):
    page = set_goal(client, lena, lena, goal="", aim_on="1066-01-01").content.decode()
    assert "Two evenings a month" in page
    assert "That is before 1950" in page
    assert not DevelopmentGoal.objects.exists()


def test_steps_are_added_done_and_opened_again(client, lena, sam):
    set_goal(client, lena, lena)
    client.post(at_goal("goal_step_add"), {"step": "Watch one of Sam's groups"})
    client.force_login(sam.user)
    address = reverse(
        "lms_competencies:goal_step_note", args=[GoalStep.objects.get().pk]
    )
    client.post(address, {"done": ""})
    assert GoalStep.objects.get().done_on == datetime.date(2026, 11, 24)
    assert "Watch one of Sam" in read(client, lena, at_staff(lena))
    client.post(address)
    assert GoalStep.objects.get().done_on is None
    answer = client.post(at_goal("goal_step_add"), {"step": ""})
    assert "This field is required." in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "reads"), [("reached", "Reached"), ("let_go", "Let go")]
)
def test_a_goal_is_reached_or_let_go_and_can_be_opened_again(client, lena, told, reads):
    set_goal(client, lena, lena)
    client.post(at_goal("goal_settle"), {"settled_as": told})
    assert f"{reads}, 24 Nov 2026" in read(client, lena, at_staff(lena))
    client.post(at_goal("goal_settle"), {"settled_as": ""})
    assert DevelopmentGoal.objects.open().count() == 1


def test_the_database_takes_no_goal_settled_without_a_day(client, lena):
    set_goal(client, lena, lena)
    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentGoal.objects.update(settled_as="reached")


def test_the_plan_speaks_of_goals_once_the_first_year_is_over(client, lena, sam):
    told = "The first year is behind you"
    assert told not in read(client, lena, MY_PLAN)
    StaffMember.objects.update(hired_on=datetime.date(2025, 11, 1))
    assert told in read(client, lena, MY_PLAN)
    set_goal(client, lena, lena)
    page = read(client, sam, at_staff(lena, "plan_detail"))
    assert told not in page
    assert "Lead a group on my own" in page


def test_after_the_last_day_goals_are_only_read(client, lena):
    set_goal(client, lena, lena)
    StaffMember.objects.filter(person=lena).update(left_on=datetime.date(2026, 11, 20))
    assert "Lead a group on my own" in read(client, lena, at_goal())
    assert client.post(at_goal(), {"goal": "x"}).status_code == 404
    assert client.post(at_goal("goal_settle")).status_code == 404


def test_goals_cost_the_same_however_many(client, lena, assert_queries_do_not_grow):
    plan = StaffPlan.objects.get(person=lena)
    own = {"person": lena, "staff_member": plan.staff_member}

    def more() -> None:
        for number in range(4):
            goal = DevelopmentGoal.objects.create(
                **own,
                staff_plan=plan,
                goal=f"Goal {number}",
                noted_by=lena,
                noted_on=datetime.date(2026, 11, 1),
            )
            for step in "ab":
                GoalStep.objects.create(**own, goal=goal, step=step)

    more()
    client.force_login(lena.user)
    assert_queries_do_not_grow(lambda: client.get(at_staff(lena)), more)
