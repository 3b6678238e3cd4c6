"""Hours nobody has confirmed when somebody leaves: shown before they go."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.dashboard import Unsettled
from lms.models import Person, StaffMember
from supervision_logs.models import AttendanceQuerySet
from supervision_logs.reports import months_of, statements

from .months import attended_by, given_by, waits_for


def unsettled_hours(request: HttpRequest, staff_member: StaffMember) -> list[Unsettled]:
    """Each month with the leaver in it that waits for their "that's right"."""
    leaver = staff_member.person
    own = attended_by(leaver).filter(staff_member=staff_member)
    given = given_by(leaver).visible_to(request.user)
    return [
        *_months(leaver, own.visible_to(request.user)),
        *_months(leaver, given),
    ]


def _months(leaver: Person, rows: AttendanceQuerySet) -> list[Unsettled]:
    return [
        Unsettled(
            _(
                "%(month)s: supervision of %(name)s with %(supervisor)s waits to be "
                "confirmed"
            )
            % {
                "name": each.staff_member.person,
                "supervisor": each.supervisor,
                "month": date_format(month, "F Y"),
            },
            [leaver],
            reverse("lms_supervision_logs:month", args=[month.year, month.month]),
        )
        for month in months_of(rows)
        for each in statements(rows, month)
        if waits_for(each, leaver)
    ]
