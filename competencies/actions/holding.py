"""One change at a time to one person's plans."""

from collections.abc import Iterable

from lms.models import Person


def hold(people: Iterable[int]) -> None:
    """Wait until nobody else changes these people's plans, and keep it so.

    Whether a line is signed or a phase complete follows from several rows at once, so
    the person is what two transactions must queue for; it lasts until this one ends.
    Always in the same order, so that two who hold many never wait for each other.
    """
    held = Person.objects.filter(pk__in=people).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk", flat=True))
