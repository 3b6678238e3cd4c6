import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.actions import agree_on_date, sync_plans, waive
from competencies.models import PlanItem, PlanVersion, StaffPlan
from lms.actions import (
    add_staff_member,
    end_role,
    remove_pause,
    save_pause,
    take_up_role,
)
from lms.models import Pause, Person, Role, RoleHeld, StaffMember
from tests.factories import (
    HIRED_ON,
    AgencyFactory,
    PersonFactory,
    complete,
    employ,
    line,
)

KEPT = [
    "notes", "training_information", "agreed_on", "agreed_because", "agreed_by",
    "waived_at", "waived_as", "waived_because", "booked_on", "waiting_since",
    "completion", "progress",
]  # fmt: skip
COLUMNS = ["topic__code", "obligation", "portion", "due_on", "aim_on", "because"]


def state(staff_member: StaffMember) -> list[tuple]:
    items = PlanItem.objects.filter(staff_member=staff_member)
    return list(items.order_by("topic__code").values_list(*COLUMNS))


def sync(*staff_members: StaffMember):
    return sync_plans(staff_members=staff_members, at=timezone.now())


def test_a_plan_is_made_on_hire(lena):
    plan = StaffPlan.objects.get(person=lena)
    assert plan.items.count() == 38
    assert plan.checklist.count() == 13
    assert line(lena, "OB-01").due_on == datetime.date(2026, 11, 30)


def test_a_plan_without_phases_is_empty_and_can_be_looked_at(client, northside):
    plan = PlanVersion.objects.newest().plan
    PlanVersion.objects.create(plan=plan, number=99, published_at=timezone.now())
    noa = PersonFactory()
    employ(noa, northside, "frss")
    assert not PlanItem.objects.filter(person=noa).exists()
    client.force_login(noa.user)
    assert client.get(reverse("lms_competencies:my_plan")).status_code == 200


def test_syncing_again_changes_nothing(lena):
    result = sync(lena.staff_members.get())
    assert (result.plans, result.added, result.changed, result.removed) == (0, 0, 0, 0)


def note(item: PlanItem, sam: Person) -> None:
    item.notes = "Ask Sam"
    item.save()


def tell_where(item: PlanItem, sam: Person) -> None:
    item.training_information = "In Boston, in May"
    item.save()


def agree(item: PlanItem, sam: Person) -> None:
    day = datetime.date(2027, 1, 15)
    agree_on_date(item=item, on=day, because="Seats", by=sam, at=timezone.now())


def waive_it(item: PlanItem, sam: Person) -> None:
    waive(item=item, reads_as="role", because="Not", by=sam, at=timezone.now())


def book(item: PlanItem, sam: Person) -> None:
    item.note_booking(datetime.date(2027, 1, 15))


def wait(item: PlanItem, sam: Person) -> None:
    item.note_waiting(datetime.date(2026, 11, 20))


def add_completion(item: PlanItem, sam: Person) -> None:
    complete(item.person, item.topic.code)


@pytest.mark.parametrize(
    "put", [note, tell_where, agree, waive_it, book, wait, add_completion]
)
def test_a_line_with_something_on_it_is_never_dropped(lena, sam, put):
    staff_member, now = lena.staff_members.get(), timezone.now()
    supervisor = Role.objects.get(key="supervisor")
    take_up_role(
        staff_member=staff_member, role=supervisor, starts_on=None, by=sam, at=now
    )
    put(line(lena, "RC-01"), sam)
    before = line(lena, "RC-01")
    end_role(
        held=staff_member.roles_held.get(role=supervisor),
        ends_on=datetime.date(2026, 11, 20),
        by=sam,
        at=now,
    )
    kept = line(lena, "RC-01")
    assert (kept.obligation, kept.due_on) == ("", None)
    for name in KEPT:
        assert getattr(kept, name) == getattr(before, name)
    assert not PlanItem.objects.filter(person=lena, topic__code="RC-02").exists()


def test_a_line_that_was_kept_is_required_again_with_the_role(lena, sam):
    staff_member, now = lena.staff_members.get(), timezone.now()
    supervisor = Role.objects.get(key="supervisor")
    for last_day in (datetime.date(2026, 11, 20), None):
        held = take_up_role(
            staff_member=staff_member, role=supervisor, starts_on=None, by=sam, at=now
        )
        if last_day:
            note(line(lena, "RC-01"), sam)
            end_role(held=held, ends_on=last_day, by=sam, at=now)
    assert line(lena, "RC-01").obligation == "required"
    assert line(lena, "RC-01").notes == "Ask Sam"


def test_an_agreed_date_and_a_waiver_survive(lena, sam):
    day = datetime.date(2027, 1, 15)
    now = timezone.now()
    agree_on_date(item=line(lena, "OB-02"), on=day, because="Seats", by=sam, at=now)
    waive(item=line(lena, "OB-04"), reads_as="role", because="Not", by=sam, at=now)
    staff_member = lena.staff_members.get()
    staff_member.hired_on = datetime.date(2026, 10, 1)
    staff_member.save()
    sync(staff_member)
    assert line(lena, "OB-02").agreed_on == day
    assert line(lena, "OB-02").due_on == datetime.date(2026, 10, 29)
    assert line(lena, "OB-04").progress == "waived"


def test_people_whose_history_is_on_paper_have_no_dates(northside):
    hank = PersonFactory()
    employ(
        hank, northside, "frss", hired_on=datetime.date(2021, 1, 4),
        is_history_on_paper=True,
    )  # fmt: skip
    hank_lines = PlanItem.objects.filter(person=hank)
    assert set(hank_lines.values_list("progress", flat=True)) == {"not_entered"}
    assert not hank_lines.filter(due_on__isnull=False).exists()
    assert not hank_lines.to_look_at(datetime.date(2026, 11, 24)).exists()


def test_a_batch_costs_the_same_however_many_people(
    northside, assert_queries_do_not_grow
):
    def hire(count: int) -> None:
        for _ in range(count):
            employ(PersonFactory(), northside, "frss")

    hire(2)
    assert_queries_do_not_grow(
        lambda: sync(*StaffMember.objects.all()), lambda: hire(5)
    )


def test_plans_are_made_with_the_same_reads_however_many_people(northside):
    """Only inserts come in portions, as many as the database takes at once."""
    frss = Role.objects.get(key="frss")

    def hire(count: int) -> list[StaffMember]:
        made = [
            StaffMember.objects.create(
                person=PersonFactory(), agency=northside, hired_on=HIRED_ON
            )
            for _ in range(count)
        ]
        for staff_member in made:
            RoleHeld.objects.create(staff_member=staff_member, role=frss)
        return made

    def reads(staff_members: list[StaffMember]) -> int:
        with CaptureQueriesContext(connection) as queries:
            sync(*staff_members)
        return sum(query["sql"].startswith("SELECT") for query in queries)

    assert reads(hire(6)) == reads(hire(1))
    assert PlanItem.objects.count() == 7 * 38


ROLES = ["frss", "clinician", "supervisor", "facilitates-groups"]
changes = st.lists(
    st.one_of(
        st.tuples(st.just("role"), st.sampled_from(ROLES), st.integers(0, 200)),
        st.tuples(st.just("end role"), st.sampled_from(ROLES), st.integers(0, 400)),
        st.tuples(st.just("pause"), st.integers(0, 100), st.integers(0, 40)),
        st.tuples(st.just("no pause"), st.none(), st.none()),
        st.tuples(st.just("hire"), st.integers(0, 60), st.none()),
    ),
    max_size=6,
)


@pytest.mark.usefixtures("starter_plan")
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=changes)
def test_any_sequence_of_changes_ends_in_what_is_computed_from_scratch(changes):
    agency = AgencyFactory()
    walked = employ(PersonFactory(), agency, "frss", hired_on=FIRST_HIRED_ON)
    for change in changes:
        make(walked, change)
    walked.refresh_from_db()
    fresh = add_staff_member(
        person=PersonFactory(), agency=agency, hired_on=walked.hired_on, roles=[],
        by=None, at=timezone.now(),
    )  # fmt: skip
    for row in [*walked.roles_held.all(), *walked.pauses.order_by("-pk")]:
        row.pk, row.staff_member = None, fresh
        row.save()
    sync(fresh)
    assert state(walked) == state(fresh)


FIRST_HIRED_ON = datetime.date(2026, 1, 5)


def make(staff_member: StaffMember, change: tuple) -> None:
    kind, first, second = change
    told = {"by": None, "at": timezone.now()}
    if kind == "role":
        role, starts_on = Role.objects.get(key=first), later(second)
        take_up_role(staff_member=staff_member, role=role, starts_on=starts_on, **told)
    elif kind == "end role":
        for held in staff_member.roles_held.filter(role__key=first):
            ends_on = max(later(second), held.starts_on or FIRST_HIRED_ON)
            end_role(held=held, ends_on=ends_on, **told)
    elif kind == "pause":
        starts_on, ends_on = later(first), later(first + second)
        pause = Pause(staff_member=staff_member, starts_on=starts_on, ends_on=ends_on)
        save_pause(pause=pause, **told)
    elif kind == "no pause":
        for pause in staff_member.pauses.all()[:1]:
            remove_pause(pause=pause, **told)
    else:
        staff_member.hired_on = later(first)
        staff_member.save()
        sync(staff_member)


def later(days: int) -> datetime.date:
    return FIRST_HIRED_ON + datetime.timedelta(days=days)
