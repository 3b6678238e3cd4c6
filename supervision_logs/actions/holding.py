"""One change at a time to one person's supervision."""

from collections.abc import Iterable

from lms.models import StaffMember


def hold(staff: Iterable[int]) -> None:
    """Wait until nobody else logs, amends or confirms for these staff, until the
    transaction ends; always in the same order, so that two never wait for each other.
    """
    held = StaffMember.objects.filter(pk__in=staff).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk", flat=True))
