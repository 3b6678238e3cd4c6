"""Believable records for the demonstration's people: lines in every state."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from lms.models import Person

from .actions import (
    Told,
    agree_on_date,
    confirm_review,
    move_line,
    name_first_day,
    note_checklist,
    note_start,
    rate_skills,
    record_outside_training,
    say_of_skills,
    seen,
    send_back,
    sign,
    waive,
)
from .models import (
    Competency,
    Completion,
    DevelopmentGoal,
    GoalStep,
    PlanItem,
    PlanReview,
    StaffPlan,
    Training,
    TrainingRecord,
    TrainingTopic,
)

ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]
THREE_MONTHS = [f"M3-{number:02d}" for number in range(1, 15)]
SIX_MONTHS = [f"M6-{number:02d}" for number in range(1, 6)]
FIRST_YEAR = [f"Y1-{number:02d}" for number in range(1, 7)]


@transaction.atomic
def load_demo_records() -> list[str]:
    if Completion.objects.exists():
        return []
    _new_hire()
    _after_half_a_year()
    _clinician()
    _supervisor_and_director()
    _waiting_for_the_supervisor()
    _settled_together()
    return [f"{Completion.objects.count()} completions"]


def _item(person: Person, code: str) -> PlanItem:
    return PlanItem.objects.select_related("staff_member", "completion").get(
        person=person, topic__code=code
    )


def _take(name: str, codes: Iterable[str], weeks_ago: int) -> Person:
    """The person took a training for each topic, a few days apart."""
    person = Person.objects.get(full_name=name)
    today = timezone.localdate()
    for place, code in enumerate(codes):
        item = PlanItem.objects.select_related("topic").get(
            person=person, topic__code=code
        )
        taught = TrainingTopic.objects.filter(
            topic=item.topic, effect="completes"
        ).select_related("training")
        row = taught.first()
        training = row.training if row else None
        day = (
            today
            - datetime.timedelta(weeks=weeks_ago)
            + datetime.timedelta(days=2 * place)
        )
        record_outside_training(
            person=person,
            topics=[(item.topic, item.portion)],
            told=Told(
                title=training.title if training else item.topic.title,
                provider=training.provider if training else "",
                completed_on=min(day, today - datetime.timedelta(days=1)),
                training=training,
                how=training.kind if training else TrainingRecord.How.OUTSIDE,
            ),
            recorded_by=person,
            at=timezone.now(),
        )
    return person


def _sign(person: Person, codes: Iterable[str], signer: str) -> None:
    items = PlanItem.objects.filter(
        person=person, topic__code__in=list(codes), progress="awaiting"
    ).select_related("completion__record", "completion__topic")
    sign(
        signer=Person.objects.get(full_name=signer),
        lines={item.completion_id: seen(item.completion) for item in items},
        at=timezone.now(),
    )


def _new_hire() -> None:
    nia = _take("Nia Fontes", ["OB-01", "OB-08", "OB-07", "OB-05", "OB-06"], 2)
    _sign(nia, ["OB-01", "OB-08", "OB-07"], "Sam Okafor")
    send_back(
        item=_item(nia, "OB-05"),
        by=Person.objects.get(full_name="Sam Okafor"),
        note="So glad you did this in your second week. Could you add the date of the "
        "second half? Then it is complete.",
        at=timezone.now(),
    )
    today = timezone.localdate()
    reporter = Training.objects.get(key="module-ob-03")
    note_start(person=nia, training=reporter, on=today)
    PlanItem.objects.filter(person=nia, topic__code="OB-03").update(introduced_on=today)
    begun = Training.objects.get(key="module-ob-09")
    note_start(person=nia, training=begun, on=today)
    _item(nia, "OB-13").note_booking(today + datetime.timedelta(days=9))
    _item(nia, "M3-02").note_waiting(today - datetime.timedelta(days=4))
    checklist = nia.staff_members.get().plan.checklist.order_by("entry__order")
    for entry in checklist[:3]:
        note_checklist(item=entry, done_on=today, by=nia)


def _after_half_a_year() -> None:
    rosa = _take("Rosa Delgado", ORIENTATION, 22)
    _sign(rosa, ORIENTATION, "Sam Okafor")
    _take("Rosa Delgado", THREE_MONTHS[:11], 16)
    _sign(rosa, THREE_MONTHS[:9], "Sam Okafor")
    _item(rosa, "M3-12").note_booking(
        timezone.localdate() + datetime.timedelta(days=16)
    )
    agree_on_date(
        item=_item(rosa, "M6-02"),
        on=timezone.localdate() + datetime.timedelta(days=45),
        because="The next course with free seats.",
        by=Person.objects.get(full_name="Sam Okafor"),
        at=timezone.now(),
    )


def _clinician() -> None:
    codes = [*ORIENTATION, *THREE_MONTHS, *SIX_MONTHS[1:], *FIRST_YEAR[:4]]
    clara = _take("Clara Nguyen", codes, 52)
    _sign(clara, codes, "Sam Okafor")
    waive(
        item=_item(clara, "M6-01"),
        reads_as="earlier",
        because="Taught this for two years at the clinic before.",
        by=Person.objects.get(full_name="Sam Okafor"),
        at=timezone.now(),
    )


def _supervisor_and_director() -> None:
    codes = [*ORIENTATION, *THREE_MONTHS, *SIX_MONTHS, "RC-01", "RC-02", *FIRST_YEAR]
    sam = _take("Sam Okafor", codes, 40)
    _sign(sam, codes, "Dana Whitfield")
    dana = _take("Dana Whitfield", ORIENTATION, 150)
    _sign(dana, ORIENTATION, "Vera Lindqvist")


def _waiting_for_the_supervisor() -> None:
    paula = _take("Paula Reyes", [*ORIENTATION, *THREE_MONTHS[:2]], 14)
    _sign(paula, ORIENTATION, "Sam Okafor")
    _take("Paula Reyes", THREE_MONTHS[2:13], 12)
    _sign(paula, THREE_MONTHS[3:9], "Sam Okafor")
    mateo = _take("Mateo Silva", ORIENTATION[:9], 6)
    _sign(mateo, ORIENTATION[:6], "Theo Banks")
    lee = _take("Lee Tran", ORIENTATION, 12)
    _sign(lee, ORIENTATION, "Noor Haddad")


def _plan(name: str) -> StaffPlan:
    return StaffPlan.objects.select_related("person", "staff_member").get(
        person__full_name=name
    )


def _settled_together() -> None:
    """A day named, reviews noted, one line put first, a goal, skills seen by both."""
    sam, today, now = (
        Person.objects.get(full_name="Sam Okafor"),
        timezone.localdate(),
        timezone.now(),
    )
    nia, rosa, clara = _plan("Nia Fontes"), _plan("Rosa Delgado"), _plan("Clara Nguyen")
    first_day = today + datetime.timedelta(days=10)
    name_first_day(plan=nia, first_day=first_day, by=sam, at=now)
    for by in (rosa.person, sam):
        first_day = today - datetime.timedelta(weeks=18)
        name_first_day(plan=rosa, first_day=first_day, by=by, at=now)
    move_line(item=_item(rosa.person, "M6-03"), by_places=-1)
    for plan, days in ((nia, 5), (rosa, 12)):
        _review(plan, sam, today - datetime.timedelta(days=days), now)
    _goal(clara, today)
    _skills(clara, sam, today, now)


def _review(
    plan: StaffPlan, sam: Person, held_on: datetime.date, now: datetime.datetime
) -> None:
    review = PlanReview.objects.create(
        person=plan.person,
        staff_member=plan.staff_member,
        staff_plan=plan,
        held_on=held_on,
        looked_at="What came easily, and what to put first.",
        next_on=held_on + datetime.timedelta(weeks=4),
        noted_by=sam,
        noted_at=now,
    )
    if plan.person.full_name != "Nia Fontes":
        confirm_review(review=review, by=plan.person, at=now)


def _goal(plan: StaffPlan, today: datetime.date) -> None:
    own = {"person": plan.person, "staff_member": plan.staff_member}
    goal = DevelopmentGoal.objects.create(
        **own,
        staff_plan=plan,
        goal="Teach one topic to new colleagues",
        measurable="Two of them can say what changed in their work.",
        aim_on=today + datetime.timedelta(weeks=16),
        noted_by=plan.person,
        noted_on=today - datetime.timedelta(weeks=3),
    )
    GoalStep.objects.create(**own, goal=goal, step="Choose the topic", done_on=today)
    GoalStep.objects.create(**own, goal=goal, step="Try it with the team")


def _skills(
    plan: StaffPlan, sam: Person, today: datetime.date, now: datetime.datetime
) -> None:
    for by in (plan.person, sam):
        together = say_of_skills(
            plan=plan, supervisor=sam, by=by, is_wished=True, at=now
        )
    skills = Competency.objects.filter(code__in=["CC-01", "CC-02", "CC-05"])
    for by, weeks, level in ((plan.person, 50, 2), (sam, 50, 2), (plan.person, 3, 3)):
        rate_skills(
            together=together,
            levels=dict.fromkeys(skills, level),
            by=by,
            on=today - datetime.timedelta(weeks=weeks),
        )
