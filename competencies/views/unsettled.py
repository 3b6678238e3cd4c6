from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import PlanItem
from competencies.rules import Progress
from lms.dashboard import Unsettled
from lms.models import StaffMember, signers_for


def unsettled_lines(request: HttpRequest, staff_member: StaffMember) -> list[Unsettled]:
    """What waits on a plan when somebody leaves: their own lines, their bookings, and
    the lines of others that wait for their signature."""
    return [
        *_own_lines(request, staff_member),
        *_bookings(request, staff_member),
        *_lines_of_others(request, staff_member),
    ]


def _waiting(name: object, count: int) -> str:
    text = ngettext(
        "%(name)s: %(count)d line waits for a signature",
        "%(name)s: %(count)d lines wait for a signature",
        count,
    )
    return text % {"name": name, "count": count}


def _own_lines(request: HttpRequest, staff_member: StaffMember) -> list[Unsettled]:
    own = PlanItem.objects.visible_to(request.user).filter(staff_member=staff_member)
    count = own.filter(progress=Progress.AWAITING).count()
    if not count:
        return []
    signers = signers_for(staff_member, timezone.localdate())
    url = reverse("lms_competencies:sign_off")
    return [Unsettled(_waiting(staff_member.person, count), signers, url)]


def _bookings(request: HttpRequest, staff_member: StaffMember) -> list[Unsettled]:
    booked = (
        PlanItem.objects.visible_to(request.user)
        .filter(staff_member=staff_member, booked_on__isnull=False)
        .select_related("topic")
    )
    return [
        Unsettled(
            _("A seat is booked: %(topic)s, %(date)s")
            % {"topic": item.topic, "date": date_format(item.booked_on, "j M Y")},
            [staff_member.person],
            reverse("lms_competencies:item_detail", args=[item.pk]),
        )
        for item in booked
    ]


def _lines_of_others(
    request: HttpRequest, staff_member: StaffMember
) -> list[Unsettled]:
    leaver = staff_member.person
    waiting = (
        PlanItem.objects.awaiting_signature_by(leaver)
        .visible_to(request.user)
        .values("staff_member")
        .annotate(count=Count("pk"))
    )
    counts = {row["staff_member"]: row["count"] for row in waiting}
    others = StaffMember.objects.filter(pk__in=counts).select_related("person")
    url = reverse("lms_competencies:sign_off")
    return [
        Unsettled(_waiting(each.person, counts[each.pk]), [leaver], url)
        for each in others
    ]
