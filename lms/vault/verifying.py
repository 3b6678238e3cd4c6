"""Whether everything that is sealed would open."""

from collections.abc import Iterator

from django.views.decorators.debug import sensitive_variables

from lms.models import DataKey, Person, SealedText

from .envelope import SealBrokenError
from .keys import open_ring, opens
from .ring import Ring, VaultClosedError
from .texts import unseal


def verify(*, sample: int) -> list[str]:
    """Try every data key and as many texts; a sentence for all that does not open."""
    try:
        ring = open_ring()
    except VaultClosedError as closed:
        return [str(closed)]
    return [*_keys_that_stay_closed(ring), *_people_without(), *_broken_texts(sample)]


def _keys_that_stay_closed(ring: Ring) -> Iterator[str]:
    for key in DataKey.objects.iterator():
        if not opens(ring, key):
            yield f"Data key {key.pk} of person {key.person_id} does not open."


def _people_without() -> Iterator[str]:
    lacking = Person.objects.exclude(pk__in=DataKey.objects.values("person")).count()
    if lacking:
        yield f"{lacking} people have no keys yet: run “manage.py vault prepare”."


@sensitive_variables()
def _broken_texts(sample: int) -> Iterator[str]:
    for sealed in SealedText.objects.order_by("?")[:sample]:
        try:
            unseal(sealed)
        except (SealBrokenError, VaultClosedError):
            yield f"Sealed text {sealed.pk} does not open."
