"""A version from its copy to the day people follow it, and back."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies import actions
from competencies.models import (
    ChecklistEntry,
    ChecklistItem,
    FrozenError,
    MovedPlan,
    Phase,
    PhaseCompletion,
    PlanItem,
    PlanMove,
    PlanVersion,
    Requirement,
    RequirementAudience,
    StaffPlan,
    Topic,
)
from competencies.rules import Kind, diff
from lms import outbox
from lms.actions import end_role, take_up_role
from lms.models import AuditEntry, Person, Role, StaffMember
from tests.conftest import TODAY
from tests.factories import AgencyFactory, PersonFactory, complete, employ, line

pytestmark = pytest.mark.usefixtures("starter_plan")


@pytest.fixture
def at() -> datetime.datetime:
    """Now: the starter plan was published a moment ago."""
    return timezone.now()


@pytest.fixture
def first() -> PlanVersion:
    return PlanVersion.objects.newest()


@pytest.fixture
def draft(first, at) -> PlanVersion:
    return actions.copy_version(version=first, by=None, at=at)


def requirement(version: PlanVersion, code: str) -> Requirement:
    return version.requirements.get(topic__code=code)


def ask_everyone(
    version: PlanVersion, code: str, at: datetime.datetime, days: int = 14
) -> None:
    row = RequirementAudience(
        obligation="required", offset_count=days, offset_unit="days"
    )
    actions.change_requirement(
        requirement=requirement(version, code), audiences=[row], by=None, at=at
    )


def take_out(version: PlanVersion, code: str, at: datetime.datetime) -> None:
    actions.remove_topic(requirement=requirement(version, code), by=None, at=at)


def put_into(
    version: PlanVersion, code: str, phase: str, at: datetime.datetime
) -> None:
    actions.place_topic(
        requirement=requirement(version, code),
        phase=version.phases.get(key=phase),
        position=0,
        by=None,
        at=at,
    )


def publish(version: PlanVersion, at: datetime.datetime) -> PlanVersion:
    actions.publish_version(version=version, by=None, at=at)
    version.refresh_from_db()
    return version


def move_all(
    version: PlanVersion, by: Person | None, at: datetime.datetime
) -> PlanMove:
    plans = StaffPlan.objects.movable_to(version, TODAY)
    return actions.ask_to_move(plans=plans, version=version, by=by, at=at)


# The draft


def test_a_copy_has_everything_the_version_has(first, draft):
    assert actions.outline_of(draft) == actions.outline_of(first)
    assert (draft.number, draft.is_draft) == (first.number + 1, True)
    notes = list(first.requirements.values_list("topic__code", "note"))
    assert list(draft.requirements.values_list("topic__code", "note")) == notes


def test_a_plan_has_one_draft_at_a_time(first, draft, at):
    assert actions.copy_version(version=first, by=None, at=at) == draft


def test_a_published_version_is_refused_every_change(first, at):
    phase, one = first.phases.first(), first.requirements.first()
    entry, told = first.checklist.first(), {"by": None, "at": at}
    changes: list[Callable] = [
        phase.save,
        phase.delete,
        one.save,
        one.delete,
        one.audiences.first().save,
        one.audiences.first().delete,
        first.checklist.first().save,
        lambda: actions.add_entry(version=first, kind="activity", title="X", **told),
        lambda: actions.step_entry(entry=entry, by_places=1, **told),
        lambda: actions.remove_entry(entry=entry, **told),
        lambda: actions.change_entry(
            entry=entry, kind="activity", title="X", hint="", **told
        ),
        first.delete,
        lambda: Phase.objects.create(version=first, key="x", title="X", order=9),
        lambda: actions.add_phase(version=first, title="X", short_title="X", **told),
        lambda: actions.change_phase(phase=phase, title="X", short_title="X", **told),
        lambda: actions.remove_phase(phase=phase, **told),
        lambda: actions.step_phase(phase=phase, by_places=1, **told),
        lambda: actions.add_topic(version=first, topic=one.topic, phase=phase, **told),
        lambda: actions.remove_topic(requirement=one, **told),
        lambda: actions.step_topic(requirement=one, by_places=1, **told),
        lambda: actions.place_topic(requirement=one, phase=phase, position=3, **told),
        lambda: actions.change_requirement(requirement=one, audiences=[], **told),
        lambda: actions.publish_version(version=first, **told),
        lambda: actions.discard_draft(version=first, **told),
    ]
    before = actions.outline_of(first)
    for change in changes:
        with pytest.raises(FrozenError):
            change()
    assert actions.outline_of(first) == before


def test_topics_step_through_phases_from_end_to_end(draft, at):
    codes = list(draft.requirements.values_list("topic__code", flat=True))
    last = draft.requirements.last()
    for _step in range(len(codes) + 5):
        actions.step_topic(requirement=last, by_places=-1, by=None, at=at)
    found = list(draft.requirements.values_list("topic__code", "phase__key", "order"))
    assert found[0] == (codes[-1], "orientation", 1)
    assert [code for code, *_ in found[1:]] == codes[:-1]
    assert [order for *_, order in found] == list(range(1, len(codes) + 1))


def test_a_topic_is_put_where_it_was_dropped(draft, at):
    put_into(draft, "M6-01", "orientation", at)
    first = draft.requirements.first()
    assert (first.topic.code, first.phase.key) == ("M6-01", "orientation")


def test_phases_move_with_their_topics(first, draft, at):
    phase = draft.phases.get(key="three_months")
    actions.step_phase(phase=phase, by_places=-1, by=None, at=at)
    assert draft.requirements.first().phase == phase
    assert list(draft.phases.values_list("order", flat=True)) == [1, 2, 3, 4]
    assert diff(actions.outline_of(first), actions.outline_of(draft)).is_reordered


def test_a_phase_with_topics_is_not_taken_out_and_a_new_one_has_a_new_key(draft, at):
    told = {"by": None, "at": at}
    with pytest.raises(ValidationError, match="Topics still stand"):
        actions.remove_phase(phase=draft.phases.first(), **told)
    made = [
        actions.add_phase(version=draft, title="Orientation", short_title="O", **told)
        for _ in range(2)
    ]
    assert [phase.key for phase in made] == ["orientation-2", "orientation-3"]
    actions.remove_phase(phase=made[0], **told)
    assert draft.phases.count() == 5


def test_a_topic_stands_once(draft, at):
    topic, phase = Topic.objects.get(code="OB-01"), draft.phases.last()
    with pytest.raises(ValidationError, match="already"):
        actions.add_topic(version=draft, topic=topic, phase=phase, by=None, at=at)


def test_a_version_with_a_topic_for_nobody_is_not_published(draft, at):
    topic = Topic.objects.create(code="X-1", title="Group work")
    phase = draft.phases.last()
    actions.add_topic(version=draft, topic=topic, phase=phase, by=None, at=at)
    with pytest.raises(ValidationError, match="“Group work” is for nobody yet"):
        publish(draft, at)


def test_a_draft_can_be_thrown_away(first, draft, at):
    actions.discard_draft(version=draft, by=None, at=at)
    assert list(PlanVersion.objects.all()) == [first]


def test_each_change_is_on_the_trail(draft, tia, at):
    actions.copy_version(version=draft, by=tia, at=at)
    put = {"by": tia, "at": at}
    actions.step_topic(requirement=draft.requirements.last(), by_places=-1, **put)
    actions.publish_version(version=draft, **put)
    acts = AuditEntry.objects.filter(actor=tia).values_list("act", flat=True)
    assert list(acts) == ["plan_version.topic_moved", "plan_version.published"]


# Who follows which


def test_new_staff_get_the_newest_and_everyone_else_keeps_theirs(
    first, draft, lena, northside, at
):
    ask_everyone(draft, "OB-01", at)
    publish(draft, at)
    actions.sync_plans(staff_members=lena.staff_members.all(), at=at)
    noa = PersonFactory()
    employ(noa, northside, "frss")
    assert StaffPlan.objects.get(person=lena).version == first
    assert line(lena, "OB-01").due_on == datetime.date(2026, 11, 30)
    assert StaffPlan.objects.get(person=noa).version == draft
    assert line(noa, "OB-01").due_on == datetime.date(2026, 11, 16)


def test_nobody_is_moved_to_a_draft(draft, lena, at):
    with pytest.raises(ValidationError, match="draft"):
        move_all(draft, None, at)


def make_other(draft: PlanVersion, at: datetime.datetime) -> PlanVersion:
    """Four topics differ: one is asked earlier, one stands in another phase, one is
    gone, one is new."""
    ask_everyone(draft, "OB-01", at)
    put_into(draft, "M3-01", "six_months", at)
    take_out(draft, "OB-04", at)
    topic = Topic.objects.create(code="N-1", title="New to all")
    phase = draft.phases.first()
    actions.add_topic(version=draft, topic=topic, phase=phase, by=None, at=at)
    ask_everyone(draft, "N-1", at, days=60)
    return publish(draft, at)


def state(person: Person) -> list[tuple]:
    columns = ["topic__code", "requirement__version", "obligation", "due_on", "because"]
    lines = PlanItem.objects.filter(person=person)
    return list(lines.order_by("topic__code").values_list(*columns))


def test_a_move_ends_in_what_is_computed_from_scratch(draft, lena, northside, tia, at):
    version = make_other(draft, at)
    move_all(version, tia, at)
    noa = PersonFactory()
    employ(noa, northside, "frss")
    assert state(lena) == state(noa)
    assert line(lena, "M3-01").requirement.phase.key == "six_months"
    assert not PlanItem.objects.filter(person=lena, topic__code="OB-04").exists()


PUT = {
    "notes": "Ask Sam",
    "training_information": "In May",
    "agreed_on": datetime.date(2027, 1, 15),
    "agreed_because": "Seats",
}


@pytest.mark.parametrize("code", ["OB-04", "M3-01", "OB-01"])
def test_a_move_drops_no_words_dates_or_waivers(draft, lena, sam, code, at):
    PlanItem.objects.filter(pk=line(lena, code).pk).update(
        **PUT, agreed_by=sam, waived_by=sam, waived_at=at, waived_as="role",
        waived_because="Not",
    )  # fmt: skip
    version = make_other(draft, at)
    move = move_all(version, None, at)
    for _back in range(2):
        kept = line(lena, code)
        assert {name: getattr(kept, name) for name in PUT} == PUT
        assert (kept.agreed_by, kept.waived_by, kept.waived_because) == (
            sam,
            sam,
            "Not",
        )
        assert kept.progress == "waived" or code == "OB-04"
        actions.ask_to_undo(move=move, by=None, at=at)


@pytest.mark.parametrize("code", ["OB-04", "M3-01", "OB-01"])
def test_a_move_drops_no_completion(draft, lena, code, at):
    [completion] = complete(lena, code)
    move_all(make_other(draft, at), None, at)
    assert line(lena, code).completion == completion
    assert line(lena, code).progress == "awaiting"


def test_an_entry_in_other_words_keeps_its_tick_and_a_new_one_has_a_new_key(
    draft, lena, at
):
    entry = draft.checklist.first()
    item = lena.staff_members.get().plan.checklist.get(entry__key=entry.key)
    actions.note_checklist(item=item, done_on=TODAY, by=lena)
    told = {"by": None, "at": at}
    actions.change_entry(entry=entry, kind=entry.kind, title="Keys", hint="", **told)
    gone = draft.checklist.last()
    actions.remove_entry(entry=gone, **told)
    again = actions.add_entry(version=draft, kind="activity", title=gone.key, **told)
    assert again.key != gone.key
    move_all(publish(draft, at), None, at)
    outbox.drain()
    now = lena.staff_members.get().plan.checklist
    assert now.get(entry__title="Keys").done_on == TODAY
    assert not now.filter(entry__key=gone.key).exists()


def test_what_is_ticked_off_stays_ticked_off(draft, lena, sam, at):
    gone, kept = draft.checklist.first(), draft.checklist.last()
    plan = lena.staff_members.get().plan
    for key in (gone.key, kept.key):
        item = plan.checklist.get(entry__key=key)
        actions.note_checklist(item=item, done_on=TODAY, by=sam)
    other = draft.checklist.all()[1]
    gone.delete()
    other.delete()
    ChecklistEntry.objects.create(
        version=draft, key="new", kind="activity", title="New", order=99
    )
    move = move_all(publish(draft, at), None, at)
    after = dict(plan.checklist.values_list("entry__key", "done_on"))
    assert (after[gone.key], after[kept.key], after["new"]) == (TODAY, TODAY, None)
    assert other.key not in after
    actions.ask_to_undo(move=move, by=None, at=at)
    back = dict(plan.checklist.values_list("entry__key", "done_on"))
    assert (back[gone.key], back[kept.key], back[other.key]) == (TODAY, TODAY, None)
    assert "new" not in back
    assert ChecklistItem.objects.filter(staff_plan=plan).count() == len(back)


def test_a_phase_that_was_complete_is_not_told_of_again(draft, lena, at):
    plan = lena.staff_members.get().plan
    phase = plan.version.phases.get(key="orientation")
    PhaseCompletion.objects.create(
        person=lena, staff_member=plan.staff_member, staff_plan=plan, phase=phase,
        completed_on=TODAY,
    )  # fmt: skip
    version = publish(draft, at)
    move_all(version, None, at)
    completion = PhaseCompletion.objects.get(staff_plan=plan)
    assert completion.phase == version.phases.get(key="orientation")


STEPS = st.lists(
    st.sampled_from(["move", "undo", "Supervisor", "no Supervisor", "hire date"]),
    max_size=5,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_moves_ends_in_what_is_computed_from_scratch(steps):
    with transaction.atomic():
        walked, fresh = walk_all(steps)
        assert state(walked.person) == state(fresh.person)
        transaction.set_rollback(True)  # the next example begins anew


def walk_all(steps: list[str]) -> tuple[StaffMember, StaffMember]:
    agency, now = AgencyFactory(), timezone.now()
    first = PlanVersion.objects.published().get()
    draft = actions.copy_version(version=first, by=None, at=now)
    walked = employ(PersonFactory(), agency, "frss")
    version = make_other(draft, now)
    for step in steps:
        walk(walked, step, version)
    walked.refresh_from_db()
    fresh = StaffMember.objects.create(
        person=PersonFactory(), agency=agency, hired_on=walked.hired_on
    )
    for held in walked.roles_held.all():
        held.pk, held.staff_member = None, fresh
        held.save()
    StaffPlan.objects.create(
        person=fresh.person,
        staff_member=fresh,
        version=walked.plan.version,
        made_at=now,
    )
    actions.sync_plans(staff_members=[fresh], at=now)
    return walked, fresh


def walk(staff_member: StaffMember, step: str, version: PlanVersion) -> None:
    told = {"by": None, "at": timezone.now()}
    role = Role.objects.get(key="supervisor")
    held = staff_member.roles_held.filter(role=role, ends_on=None)
    if step == "move" and StaffPlan.objects.movable_to(version, TODAY).exists():
        move_all(version, None, told["at"])
    elif step == "undo" and (move := PlanMove.objects.first()):
        actions.ask_to_undo(move=move, **told)
    elif step == "Supervisor" and not held.exists():
        take_up_role(staff_member=staff_member, role=role, starts_on=None, **told)
    elif step == "no Supervisor":
        for each in held:
            end_role(held=each, ends_on=TODAY.replace(day=20), **told)
    elif step == "hire date":
        staff_member.hired_on = datetime.date(2026, 9, 1)
        staff_member.save()
        actions.sync_plans(staff_members=[staff_member], at=told["at"])


# Going back


def test_a_move_can_be_undone(first, draft, lena, sam, tia, at):
    before = state(lena)
    move = move_all(make_other(draft, at), tia, at)
    assert state(lena) != before
    assert actions.ask_to_undo(move=move, by=tia, at=at)
    assert state(lena) == before
    assert set(StaffPlan.objects.values_list("version", flat=True)) == {first.pk}
    acts = AuditEntry.objects.filter(about=lena, actor=tia).values_list(
        "act", flat=True
    )
    assert list(acts) == ["plan.moved", "plan.moved_back"]
    assert not actions.ask_to_undo(move=move, by=tia, at=at)


def write_words(lena: Person, sam: Person) -> None:
    PlanItem.objects.filter(pk=line(lena, "OB-02").pk).update(notes="Ask Sam")


def agree(lena: Person, sam: Person) -> None:
    actions.agree_on_date(
        item=line(lena, "N-1"), on=TODAY, because="x", by=sam, at=timezone.now()
    )


def book(lena: Person, sam: Person) -> None:
    line(lena, "N-1").note_booking(TODAY)


def finish(lena: Person, sam: Person) -> None:
    complete(lena, "OB-07")


def tick_off(lena: Person, sam: Person) -> None:
    item = ChecklistItem.objects.filter(person=lena).first()
    actions.note_checklist(item=item, done_on=TODAY, by=sam)


def sign(lena: Person, sam: Person) -> None:
    waiting = line(lena, "OB-05").completion
    lines = {waiting.pk: actions.seen(waiting)}
    actions.sign(signer=sam, lines=lines, at=timezone.now())


def send_back(lena: Person, sam: Person) -> None:
    waiting = line(lena, "OB-05")
    actions.send_back(item=waiting, by=sam, note="Which day?", at=timezone.now())


@pytest.mark.parametrize(
    "act", [write_words, agree, book, finish, tick_off, sign, send_back]
)
def test_a_plan_that_somebody_acted_on_stays(first, draft, lena, sam, ben, act, at):
    complete(lena, "OB-05")
    version, now = make_other(draft, at), timezone.now()
    move = move_all(version, None, now)
    act(lena, sam)
    actions.ask_to_undo(move=move, by=None, at=timezone.now())
    assert StaffPlan.objects.get(person=lena).version == version
    assert StaffPlan.objects.get(person=ben).version == first
    assert MovedPlan.objects.get(person=lena).is_kept


def test_changes_of_the_rules_alone_do_not_stand_in_the_way(
    first, draft, lena, sam, at
):
    move = move_all(make_other(draft, at), None, timezone.now())
    staff_member = lena.staff_members.get()
    staff_member.hired_on = datetime.date(2026, 10, 1)
    staff_member.save()
    actions.sync_plans(staff_members=[staff_member], at=at)
    actions.ask_to_undo(move=move, by=None, at=timezone.now())
    assert StaffPlan.objects.get(person=lena).version == first


def test_only_the_newest_move_of_a_plan_is_undone(first, draft, lena, at):
    second = publish(draft, at)
    older = move_all(second, None, at)
    third = actions.copy_version(version=second, by=None, at=at)
    publish(third, at)
    newer = move_all(third, None, at)
    actions.ask_to_undo(move=older, by=None, at=at)
    assert StaffPlan.objects.get(person=lena).version == third
    actions.ask_to_undo(move=newer, by=None, at=at)
    assert StaffPlan.objects.get(person=lena).version == second


# Many


def hire(agency: object, count: int) -> None:
    for _ in range(count):
        employ(PersonFactory(), agency, "frss")


def test_many_are_moved_in_the_background(monkeypatch, draft, northside, tia, at):
    monkeypatch.setattr("competencies.actions.moving.AT_ONCE", 2)
    monkeypatch.setattr("competencies.actions.moving.TOGETHER", 2)
    hire(northside, 5)
    version = publish(draft, at)
    move = move_all(version, tia, at)
    assert not StaffPlan.objects.filter(version=version).exists()
    assert not StaffPlan.objects.movable_to(version, TODAY).exists()
    assert not actions.has_stopped(move)
    assert outbox.drain() == 3
    move.refresh_from_db()
    assert StaffPlan.objects.filter(version=version).count() == 5
    assert move.finished_at
    assert actions.ask_to_undo(move=move, by=tia, at=timezone.now())
    assert outbox.drain() == 3
    assert not StaffPlan.objects.filter(version=version).exists()


def test_a_move_that_stopped_goes_on(monkeypatch, draft, northside, tia, at):
    monkeypatch.setattr("competencies.actions.moving.AT_ONCE", 0)
    hire(northside, 1)
    version = publish(draft, at)
    move = move_all(version, tia, at)
    outbox.OutboxMessage.objects.update(given_up_at=at)
    assert actions.has_stopped(move)
    actions.go_on(move=move, by=tia, at=timezone.now())
    assert outbox.drain() == 1
    move.refresh_from_db()
    assert not actions.has_stopped(move)
    assert StaffPlan.objects.get().version == version


def test_a_move_reads_the_same_however_many_people(draft, northside, at):
    """Only writes come in portions, as many as the database takes at once."""
    version = make_other(draft, at)

    def reads(count: int) -> int:
        plans = StaffPlan.objects.movable_to(version, TODAY)[:count]
        with CaptureQueriesContext(connection) as queries:
            plans = StaffPlan.objects.filter(pk__in=[plan.pk for plan in plans])
            move = actions.ask_to_move(plans=plans, version=version, by=None, at=at)
            actions.ask_to_undo(move=move, by=None, at=timezone.now())
        assert MovedPlan.objects.filter(move=move, undone_at=None).count() == 0
        return sum(query["sql"].startswith("SELECT") for query in queries)

    hire(northside, 6)
    StaffPlan.objects.update(version=PlanVersion.objects.get(number=1))
    actions.sync_plans(staff_members=StaffMember.objects.all(), at=at)
    reads(1)
    assert reads(6) <= reads(1)


# What it would come to


def foresee(version: PlanVersion):
    plans = StaffPlan.objects.movable_to(version, TODAY)
    return actions.foresee(plans=plans, version=version, on=TODAY)


def test_a_copy_would_change_nothing_for_anybody(draft, lena, sam):
    found = foresee(draft)
    assert (found.people, found.touched, found.passed) == (2, 0, 0)


def test_it_is_told_for_how_many_a_date_would_have_passed(draft, lena, sam, ben, at):
    ask_everyone(draft, "OB-01", at)  # 16 November
    found = foresee(draft)
    assert (found.people, found.touched, found.passed) == (3, 3, 3)
    complete(lena, "OB-01")
    line(sam, "OB-01").note_booking(TODAY)
    assert foresee(draft).passed == 1


def test_what_is_foreseen_comes_true(draft, northside, lena, sam, ben, dina, at):
    olga = PersonFactory()
    employ(
        olga, northside, "frss", hired_on=datetime.date(2020, 1, 6),
        is_history_on_paper=True,
    )  # fmt: skip
    complete(ben, "OB-01", "OB-02")
    before = {person: to_look_at(person) for person in Person.objects.all()}
    were = {person: state(person) for person in before}
    ask_everyone(draft, "OB-02", at, days=1)
    make_other(draft, at)
    found = foresee(draft)
    move_all(draft, None, at)
    touched = [
        each
        for each in before
        if without_version(were[each]) != without_version(state(each))
    ]
    passed = [each for each in before if to_look_at(each) - before[each]]
    assert (found.touched, found.passed) == (len(touched), len(passed))
    assert found.passed


def to_look_at(person: Person) -> set[str]:
    lines = PlanItem.objects.filter(person=person).to_look_at(TODAY)
    return set(lines.values_list("topic__code", flat=True))


def without_version(rows: list[tuple]) -> list[tuple]:
    return [(code, *rest) for code, _version, *rest in rows]


def test_foreseeing_writes_nothing_and_costs_the_same_however_many_people(
    draft, northside, lena, assert_queries_do_not_grow, at
):
    make_other(draft, at)
    with CaptureQueriesContext(connection) as queries:
        foresee(draft)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert_queries_do_not_grow(lambda: foresee(draft), lambda: hire(northside, 5))


def test_a_topic_moved_to_another_phase_is_moved(first, draft, at):
    put_into(draft, "M6-01", "orientation", at)
    [change] = diff(actions.outline_of(first), actions.outline_of(draft)).topics
    assert change.kinds == {Kind.PHASE, Kind.EARLIER}
