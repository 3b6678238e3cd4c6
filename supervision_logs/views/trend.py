"""A quiet picture of one's own check-ins, drawn on the server for the author alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from supervision_logs.rules import CheckIn, Dimension, How

LEFT, RIGHT, TOP, STEP = 100, 350, 14, 26
HEIGHT = TOP + STEP * (len(How) - 1) + TOP


@dataclass(frozen=True)
class Rung:
    label: str
    y: int


@dataclass(frozen=True)
class Picture:
    """One dimension: what was said on which day, the oldest first."""

    dimension: Dimension
    said: list[tuple[datetime.date, How]]
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def rungs(self) -> list[Rung]:
        return [Rung(str(how.label), _y(how)) for how in reversed(How)]

    @property
    def points(self) -> list[tuple[int, int]]:
        first, last = self.said[0][0], self.said[-1][0]
        days = (last - first).days or 1
        width = RIGHT - LEFT - 16
        return [
            (round(LEFT + 8 + (on - first).days * width / days), _y(how))
            for on, how in self.said
        ]

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


def _y(how: How) -> int:
    return TOP + (len(How) - how) * STEP


def pictures_of(entries: Iterable[tuple[datetime.date, CheckIn]]) -> list[Picture]:
    """For each dimension spoken of at least twice."""
    entries = list(entries)
    found = [
        (
            each,
            [
                (on, told.dimensions[each])
                for on, told in entries
                if each in told.dimensions
            ],
        )
        for each in Dimension
    ]
    return [Picture(each, said) for each, said in found if len(said) > 1]
