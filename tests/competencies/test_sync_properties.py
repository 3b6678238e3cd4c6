"""Whatever happens in whatever order, a plan is what it would be from scratch."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.actions import (
    agree_on_date,
    record_outside_training,
    seen,
    send_back,
    sign,
    sync_plans,
    waive,
)
from competencies.actions.completions import Told
from competencies.models import (
    Completion,
    Phase,
    PlanItem,
    PlanVersion,
    Requirement,
    RequirementAudience,
    StaffPlan,
    Topic,
    TopicEquivalence,
)
from lms.actions import (
    add_staff_member,
    end_role,
    remove_pause,
    save_pause,
    take_up_role,
)
from lms.models import Pause, Role, StaffMember
from tests.factories import AgencyFactory, PersonFactory, employ, supervise

FIRST = datetime.date(2026, 1, 5)
ROLES = ["frss", "clinician", "supervisor", "facilitates-groups"]
CODES = ["OB-01", "OB-03", "M3-02", "M6-02", "RC-01", "Y1-01"]
WORKED_OUT = [
    "requirement", "obligation", "portion", "firmness", "due_on", "aim_on", "because",
]  # fmt: skip
FOLLOWS = ["progress", "completion", "completed_on", "renew_on", "renew_because"]
OWN = [
    "notes", "training_information", "agreed_on", "agreed_because", "agreed_by",
    "waived_at", "waived_as", "waived_because", "waived_by", "priority",
    "booked_on", "waiting_since", "started_on", "introduced_on",
]  # fmt: skip

day_numbers, roles, codes = (
    st.integers(0, 320),
    st.sampled_from(ROLES),
    st.sampled_from(CODES),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("take up"), roles, day_numbers),
        st.tuples(st.just("end"), roles, day_numbers),
        st.tuples(st.just("pause"), day_numbers, st.integers(0, 60)),
        st.tuples(st.just("no pause")),
        st.tuples(st.just("hire date"), st.integers(0, 60)),
        st.tuples(st.just("complete"), codes, day_numbers),
        st.tuples(st.just("sign"), codes),
        st.tuples(st.just("send back"), codes),
        st.tuples(st.just("waive"), codes),
        st.tuples(st.just("note"), codes),
        st.tuples(st.just("agree"), codes, day_numbers),
        st.tuples(st.just("version"), st.integers(0, 1)),
        st.tuples(st.just("move"), day_numbers),
    ),
    min_size=4,
    max_size=14,
)


def later(days: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=days)


class Walk:
    """One person's way through everything that can happen to their plans."""

    def __init__(self, versions: list[PlanVersion]) -> None:
        self.versions, self.person, self.sam = (
            versions,
            PersonFactory(),
            PersonFactory(),
        )
        self.staff_member = self.employ(FIRST)

    @property
    def told(self) -> dict:
        return {"by": None, "at": timezone.now()}

    def employ(self, on: datetime.date) -> StaffMember:
        staff_member = employ(self.person, AgencyFactory(), "frss", hired_on=on)
        supervise(self.sam, staff_member, starts_on=FIRST)
        return staff_member

    def line(self, code: str) -> PlanItem | None:
        lines = PlanItem.objects.select_related("completion__record", "staff_member")
        return lines.filter(staff_member=self.staff_member, topic__code=code).first()

    def take(self, step: tuple) -> None:
        kind, *rest = step
        getattr(self, "to_" + kind.replace(" ", "_"))(*rest)

    def to_take_up(self, role: str, on: int) -> None:
        role = Role.objects.get(key=role)
        take_up_role(
            staff_member=self.staff_member, role=role, starts_on=later(on), **self.told
        )

    def to_end(self, role: str, on: int) -> None:
        for held in self.staff_member.roles_held.filter(role__key=role):
            ends_on = max(later(on), held.starts_on or FIRST)
            end_role(held=held, ends_on=ends_on, **self.told)

    def to_pause(self, first: int, length: int) -> None:
        days = {"starts_on": later(first), "ends_on": later(first + length)}
        save_pause(pause=Pause(staff_member=self.staff_member, **days), **self.told)

    def to_no_pause(self) -> None:
        for pause in self.staff_member.pauses.all()[:1]:
            remove_pause(pause=pause, **self.told)

    def to_hire_date(self, on: int) -> None:
        self.staff_member.hired_on = later(on)
        self.staff_member.save()
        sync_plans(staff_members=[self.staff_member], at=timezone.now())

    def to_complete(self, code: str, on: int) -> None:
        topic, line = Topic.objects.get(code=code), self.line(code)
        portion = line.portion if line else ""
        record_outside_training(
            person=self.person,
            topics=[(topic, portion)],
            told=Told(title=topic.title, completed_on=later(on)),
            recorded_by=self.person,
            at=timezone.now(),
        )

    def to_sign(self, code: str) -> None:
        line = self.line(code)
        if line and line.completion:
            lines = {line.completion_id: seen(line.completion)}
            sign(signer=self.sam, lines=lines, at=timezone.now())

    def to_send_back(self, code: str) -> None:
        line = self.line(code)
        if line and line.completion:
            send_back(item=line, by=self.sam, note="Which day?", at=timezone.now())

    def to_waive(self, code: str) -> None:
        if line := self.line(code):
            waive(
                item=line, reads_as="role", because="No", by=self.sam, at=timezone.now()
            )

    def to_note(self, code: str) -> None:
        PlanItem.objects.filter(
            staff_member=self.staff_member, topic__code=code
        ).update(notes="Ask Sam")

    def to_agree(self, code: str, on: int) -> None:
        if line := self.line(code):
            agree_on_date(
                item=line, on=later(on), because="Seats", by=self.sam, at=timezone.now()
            )

    def to_version(self, number: int) -> None:
        plans = StaffPlan.objects.filter(staff_member=self.staff_member)
        plans.update(version=self.versions[number])
        sync_plans(staff_members=[self.staff_member], at=timezone.now())

    def to_move(self, on: int) -> None:
        """To another agency, or a rehire: the earlier employment has ended."""
        ends_on = max(later(on), self.staff_member.hired_on)
        StaffMember.objects.filter(pk=self.staff_member.pk).update(left_on=ends_on)
        sync_plans(staff_members=[self.staff_member], at=timezone.now())
        self.staff_member = self.employ(later(on) + datetime.timedelta(days=1))


def lines(staff_member: StaffMember, columns: list[str]) -> dict[str, tuple]:
    rows = PlanItem.objects.filter(staff_member=staff_member)
    return {row[0]: row[1:] for row in rows.values_list("topic__code", *columns)}


def begin_again(staff_member: StaffMember) -> None:
    """Empty the plan, then put back only what the two people themselves wrote."""
    plan = staff_member.plan
    own = {
        topic: dict(zip(OWN, values, strict=True))
        for topic, *values in plan.items.values_list("topic", *[_key(n) for n in OWN])
    }
    requirements = dict(plan.items.values_list("topic", "requirement"))
    carrying = {topic for topic, values in own.items() if any(values.values())}
    plan.items.all().delete()
    PlanItem.objects.bulk_create(
        PlanItem(
            person=staff_member.person,
            staff_member=staff_member,
            staff_plan=plan,
            topic_id=topic,
            requirement_id=requirements[topic],
            firmness="aim",
            **{_key(name): value for name, value in own[topic].items()},
        )
        for topic in carrying
    )
    sync_plans(staff_members=[staff_member], at=timezone.now())


def _key(name: str) -> str:
    return f"{name}_id" if name in {"agreed_by", "waived_by"} else name


@pytest.fixture
def two_versions(starter_plan) -> list[PlanVersion]:
    """The starter plan, and one that leaves a topic out, brings another date for all
    the rest, renews one and lets another stand for a third."""
    old = PlanVersion.objects.newest()
    new = PlanVersion.objects.create(plan=old.plan, number=old.number + 1)
    phases = {
        phase.key: Phase.objects.create(
            version=new, key=phase.key, title=phase.title, order=phase.order
        )
        for phase in old.phases.all()
    }
    for row in old.requirements.exclude(topic__code="OB-01").select_related("phase"):
        audiences = list(row.audiences.all())
        row.pk, row.version, row.phase = None, new, phases[row.phase.key]
        row.save()
        for audience in audiences:
            audience.pk, audience.requirement = None, row
            audience.save()
    RequirementAudience.objects.filter(requirement__version=new).update(
        offset_count=4, offset_unit="months"
    )
    renewed = Requirement.objects.filter(version=new, topic__code="M3-02")
    renewed.update(yearly_month=6, yearly_day=30)
    new.publish(old.published_at - datetime.timedelta(days=1))
    made = TopicEquivalence.objects.create(
        key="m6-02", topic=Topic.objects.get(code="M6-02")
    )
    made.parts.set(Topic.objects.filter(code__in=["OB-01", "OB-03"]))
    return [old, new]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(taken=steps)
def test_any_way_ends_in_what_is_worked_out_from_scratch(two_versions, taken):
    walk = Walk(two_versions)
    for step in taken:
        kept = own_words(walk)
        walk.take(step)
        assert not_lost(kept, own_words(walk), step)
    for staff_member in walk.person.staff_members.all():
        again = sync_plans(staff_members=[staff_member], at=timezone.now())
        assert (again.added, again.changed, again.removed) == (0, 0, 0)
        columns = [*WORKED_OUT, *FOLLOWS, *OWN]
        before = lines(staff_member, columns)
        begin_again(staff_member)
        after = lines(staff_member, columns)
        for code, values in before.items():
            granted = values[WORKED_OUT.index("obligation")]
            if granted or code in after:
                assert kept_portion_apart(values) == kept_portion_apart(after[code])


def kept_portion_apart(values: tuple) -> tuple:
    """A line nothing grants any more keeps the portion and requirement it last had."""
    if values[WORKED_OUT.index("obligation")]:
        return values
    return values[len(WORKED_OUT) :][5:]


def own_words(walk: Walk) -> tuple:
    """All that people wrote or did, of every employment."""
    rows = PlanItem.objects.filter(person=walk.person)
    names = [_key(name) for name in OWN]
    words = {
        (staff_member, topic): values
        for staff_member, topic, *values in rows.values_list(
            "staff_member", "topic", *names
        )
        if any(values)
    }
    return words, set(Completion.objects.filter(person=walk.person).values_list("pk"))


def not_lost(before: tuple, after: tuple, step: tuple) -> bool:
    """Every line with words is there, and unless the step itself wrote one, as it was;
    no completion is gone."""
    if not before[1] <= after[1] or not before[0].keys() <= after[0].keys():
        return False
    writes = step[0] in {"waive", "note", "agree", "complete"}
    return writes or all(after[0][key] == values for key, values in before[0].items())


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(4)), data=st.data())
def test_the_order_and_the_company_change_nothing(two_versions, order, data):
    """Everybody at once, one by one, in any order: the same plans."""
    agency = AgencyFactory()
    people = [
        add_staff_member(
            person=PersonFactory(),
            agency=agency,
            hired_on=later(data.draw(day_numbers)),
            roles=Role.objects.filter(key__in=data.draw(st.sets(roles, min_size=1))),
            by=None,
            at=timezone.now(),
        )
        for _ in order
    ]
    together = [lines(each, WORKED_OUT + FOLLOWS) for each in people]
    PlanItem.objects.filter(staff_member__in=people).delete()
    for place in order:
        sync_plans(staff_members=[people[place]], at=timezone.now())
    assert [lines(each, WORKED_OUT + FOLLOWS) for each in people] == together
    PlanItem.objects.filter(staff_member__in=people).delete()
    everybody = StaffMember.objects.filter(pk__in=[each.pk for each in people])
    sync_plans(staff_members=everybody.reverse(), at=timezone.now())
    assert [lines(each, WORKED_OUT + FOLLOWS) for each in people] == together
