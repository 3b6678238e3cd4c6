"""What is settled about one plan: where it starts, dates, waivers, the checklist."""

import datetime

from django.db import transaction

from competencies.models import ChecklistItem, PlanItem, StaffPlan
from lms import audit
from lms.models import Person, Role

from .holding import hold
from .refreshing import lines_of, note_phases, refresh
from .syncing import sync_plans


@transaction.atomic
def start_plan_from(
    *, plan: StaffPlan, role: Role | None, by: Person, at: datetime.datetime
) -> None:
    """Take in the lines of a role near the person's own, or leave them out again.

    What carries a completion, words or a date they agreed on stays.
    """
    plan.starts_from = role
    plan.save(update_fields=["starts_from"])
    sync_plans(staff_members=[plan.staff_member], at=at)
    audit.record(
        act="plan.starts_from",
        actor=by,
        about=plan.person,
        target=plan,
        at=at,
        facts={"role": role.key if role else None},
    )


@transaction.atomic
def agree_on_date(
    *,
    item: PlanItem,
    on: datetime.date | None,
    because: str,
    by: Person,
    at: datetime.datetime,
) -> None:
    """Set the date the two agreed on, or go back to the one worked out."""
    item.agreed_on, item.agreed_because = on, because if on else ""
    item.agreed_by = by if on else None
    item.save(update_fields=["agreed_on", "agreed_because", "agreed_by"])
    audit.record(
        act="plan.date_agreed",
        actor=by,
        about=item.person,
        target=item,
        at=at,
        facts={"on": on.isoformat() if on else None},
    )


@transaction.atomic
def waive(
    *, item: PlanItem, reads_as: str, because: str, by: Person, at: datetime.datetime
) -> None:
    """Waive a topic, with a name and a reason; never read as completed."""
    hold([item.person_id])
    item.waived_as, item.waived_because = reads_as, because
    item.waived_by, item.waived_at = by, at
    item.save(update_fields=["waived_as", "waived_because", "waived_by", "waived_at"])
    refresh(lines_of([item.person_id], [item.topic_id]))
    note_phases(plans=[item.staff_plan_id], at=at)
    audit.record(act="plan.waived", actor=by, about=item.person, target=item, at=at)


def note_checklist(
    *, item: ChecklistItem, done_on: datetime.date | None, by: Person
) -> None:
    """Tick an onboarding entry off, or open it again."""
    item.done_on, item.noted_by = done_on, by if done_on else None
    item.save(update_fields=["done_on", "noted_by"])
