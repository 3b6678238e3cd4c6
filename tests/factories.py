"""Valid rows from as few words as possible: a test names only what it is about."""

import datetime

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from competencies.actions import Told, record_outside_training
from competencies.models import Completion, PlanItem
from lms.actions import add_staff_member
from lms.models import Agency, Person, Role, StaffMember, SupervisionTie

HIRED_ON = datetime.date(2026, 11, 2)


class UserFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence("someone{}@example.test".format)
    password = factory.django.Password("a long enough password")

    class Meta:
        model = get_user_model()


class PersonFactory(factory.django.DjangoModelFactory):
    full_name = factory.Sequence("Person {}".format)
    user = factory.SubFactory(UserFactory)

    class Meta:
        model = Person


class AgencyFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence("Agency {}".format)

    class Meta:
        model = Agency


def person(name: str) -> Person:
    return PersonFactory(
        full_name=name.title(), user__email=f"{name.lower()}@example.test"
    )


def employ(
    somebody: Person,
    agency: Agency,
    *roles: str,
    hired_on: datetime.date | None = HIRED_ON,
    **values: object,
) -> StaffMember:
    return add_staff_member(
        person=somebody,
        agency=agency,
        hired_on=hired_on,
        roles=Role.objects.filter(key__in=roles),
        by=None,
        at=timezone.now(),
        **values,
    )


def supervise(
    supervisor: Person,
    staff_member: StaffMember,
    scope: str = "plan",
    kind: str = "main",
    starts_on: datetime.date = HIRED_ON,
    ends_on: datetime.date | None = None,
) -> SupervisionTie:
    return SupervisionTie.objects.create(
        supervisor=supervisor,
        staff_member=staff_member,
        scope=scope,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def line(somebody: Person, code: str) -> PlanItem:
    return PlanItem.objects.select_related("topic", "completion", "staff_member").get(
        person=somebody, topic__code=code
    )


def complete(
    somebody: Person,
    *codes: str,
    on: datetime.date = datetime.date(2026, 11, 10),
    **told: object,
) -> list[Completion]:
    """The person tells of a training on each topic; it waits for a signature."""
    made = []
    for code in codes:
        item = line(somebody, code)
        record = record_outside_training(
            person=somebody,
            topics=[(item.topic, item.portion)],
            told=Told(title=item.topic.title, completed_on=on, **told),
            recorded_by=somebody,
            at=timezone.now(),
        )
        made += record.completions.all()
    return made
