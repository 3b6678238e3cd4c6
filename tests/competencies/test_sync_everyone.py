"""A change for all reaches all plans, in the background, some hundred people at once."""

import datetime

import pytest

from competencies import tasks
from competencies.actions import everyone, sync_everyone, sync_plans
from competencies.models import PlanItem, PlanSync, RequirementAudience
from lms import outbox
from lms.models import AuditEntry, OutboxMessage, Role, RoleHeld
from tests.factories import line

HOME = "/"


@pytest.fixture(autouse=True)
def _two_at_a_time(monkeypatch):
    monkeypatch.setattr(everyone, "TOGETHER", 2)


def allow_more_days() -> None:
    rows = RequirementAudience.objects.filter(requirement__topic__code="OB-01")
    rows.update(offset_count=35)


def test_a_change_for_all_reaches_everybody_who_works_here(lena, sam, ben, olu, at):
    left = olu.staff_members.get()
    left.left_on = datetime.date(2026, 11, 20)
    left.save()
    allow_more_days()
    before = line(lena, "OB-01").due_on
    run = sync_everyone(by=None, at=at)
    assert line(lena, "OB-01").due_on == before
    outbox.drain()
    later = before + datetime.timedelta(days=7)
    for person in (lena, sam, ben):
        assert line(person, "OB-01").due_on == later
    assert line(olu, "OB-01").due_on == before
    run.refresh_from_db()
    assert (run.people, run.people_done) == (4, 4)
    assert run.counts == {"changed": 4}
    assert run.finished_at


def test_a_role_that_ended_by_its_date_ends_its_lines(lena, at):
    staff = lena.staff_members.get()
    RoleHeld.objects.create(
        staff_member=staff,
        role=Role.objects.get(key="facilitates-groups"),
        starts_on=datetime.date(2026, 11, 2),
        ends_on=datetime.date(2026, 11, 10),
    )
    sync_plans(staff_members=[staff], at=at - datetime.timedelta(days=14))
    required = PlanItem.objects.filter(person=lena, topic__code="M3-03").required()
    assert required.exists()
    sync_everyone(by=None, at=at)
    outbox.drain()
    assert not required.exists()


def test_the_site_asks_for_it_every_night(lena):
    tasks.sync_everyone()
    assert PlanSync.objects.get().people == 1


def test_it_tells_how_far_it_is_and_goes_on_from_there(lena, sam, ben, olu, at):
    run = sync_everyone(by=None, at=at)
    everyone.sync_from_outbox({"sync": run.pk, "after": 0}, at)
    run.refresh_from_db()
    assert (run.people, run.people_done, run.finished_at) == (5, 2, None)
    everyone.sync_from_outbox({"sync": run.pk, "after": 0}, at)
    run.refresh_from_db()
    assert run.people_done == 2
    outbox.drain()
    run.refresh_from_db()
    assert run.people_done == 5
    assert OutboxMessage.objects.filter(kind=everyone.SYNC).count() == 3


def test_it_happens_with_the_change_and_is_in_the_trail(lena, tia, at):
    run = sync_everyone(by=tia, at=at)
    entry = AuditEntry.objects.get(act="plans.sync_asked")
    assert (entry.actor, entry.target) == (tia, f"lms_competencies.plansync:{run.pk}")


def test_with_nobody_here_it_is_done_at_once(starter_plan, at):
    run = sync_everyone(by=None, at=at)
    outbox.drain()
    run.refresh_from_db()
    assert run.finished_at


def test_only_the_training_team_is_told_how_far_it_is(client, lena, sam, tia, at):
    sync_everyone(by=tia, at=at)
    PlanSync.objects.update(people=10000, people_done=3000)
    told = "3000 of 10000"
    client.force_login(tia.user)
    assert told in client.get(HOME).content.decode()
    client.force_login(sam.user)
    assert told not in client.get(HOME).content.decode()
    PlanSync.objects.update(finished_at=at)
    client.force_login(tia.user)
    assert told not in client.get(HOME).content.decode()


def test_the_training_team_is_told_when_it_stopped(client, lena, tia, at):
    run = sync_everyone(by=tia, at=at)
    OutboxMessage.objects.filter(kind=everyone.SYNC).update(given_up_at=at)
    assert everyone.has_stopped(run)
    client.force_login(tia.user)
    assert "has stopped" in client.get(HOME).content.decode()
