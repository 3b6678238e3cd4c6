"""One thing learned as another: several topics that together are worth one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .standing import Taken


@dataclass(frozen=True)
class Equivalence:
    """Who has completed all ``parts`` (topics) has completed this topic, so much of it.

    It looks at what was taken, never at what another equivalence made of it: two
    topics may each stand for the other, and nothing goes round in circles.
    """

    parts: frozenset[int]
    portion: str = ""


def by_equivalence(
    equivalences: Iterable[Equivalence], taken: Mapping[int, Sequence[Taken]]
) -> list[Taken]:
    """What the signed completions of other topics are worth for this one.

    The first completions of all parts make one together, on the day of the last of
    them; the second ones make the next, and so on: a renewal of one part alone renews
    nothing.
    """
    return [
        made for equivalence in equivalences for made in _rounds(equivalence, taken)
    ]


def _rounds(
    equivalence: Equivalence, taken: Mapping[int, Sequence[Taken]]
) -> list[Taken]:
    parts = [
        sorted(
            (each for each in taken.get(part, ()) if each.state == "signed"), key=_order
        )
        for part in equivalence.parts
    ]
    return [
        replace(max(together, key=_order), portion=equivalence.portion)
        for together in zip(*parts, strict=False)
    ]


def is_begun(
    equivalences: Iterable[Equivalence], taken: Mapping[int, Sequence[Taken]]
) -> bool:
    """Whether some part of some equivalence has been taken."""
    return any(taken.get(part) for each in equivalences for part in each.parts)


def _order(taken: Taken) -> tuple:
    return taken.on, taken.pk
