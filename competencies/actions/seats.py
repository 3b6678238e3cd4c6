"""Seats in trainings, as the lines of a plan know them."""

import datetime

from django.db import transaction

from competencies.models import PlanItem, Training
from lms.models import Person, StaffMember

from .holding import hold


@transaction.atomic
def note_seat(
    *,
    person: Person,
    training: Training,
    booked_on: datetime.date | None = None,
    waiting_since: datetime.date | None = None,
) -> None:
    """The person has a seat on that day, waits for one, or gave it up: the lines of
    the topics it completes say so, and nothing about them is late meanwhile."""
    hold([person.pk])
    topics = training.taught.filter(effect="completes").values("topic")
    lines = PlanItem.objects.filter(
        person=person,
        topic__in=topics,
        staff_member__in=StaffMember.objects.employed().filter(person=person),
    ).unsettled()
    lines.update(booked_on=booked_on, waiting_since=waiting_since)
