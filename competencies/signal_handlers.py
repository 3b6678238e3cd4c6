import datetime
from typing import Any

from lms.models import StaffMember

from .actions import sync_plans


def bring_plans_up_to_date(
    *, staff_members: list[StaffMember], at: datetime.datetime, **kwargs: Any
) -> None:
    sync_plans(staff_members=staff_members, at=at)
