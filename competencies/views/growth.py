"""The picture of growth: two lines for a skill, drawn on the server."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from competencies.models import Competency, SkillRating

LEFT, RIGHT, TOP, STEP = 136, 350, 16, 30
HEIGHT = TOP + STEP * (len(SkillRating.Level) - 1) + TOP
Point = tuple[int, int]


@dataclass
class Rung:
    """A level, as a line across the picture."""

    label: str
    y: int


@dataclass
class Picture:
    skill: Competency
    ratings: list[SkillRating]
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def rungs(self) -> list[Rung]:
        return [Rung(str(level.label), _y(level)) for level in SkillRating.Level]

    @property
    def own(self) -> list[Point]:
        return self._points(is_own=True)

    @property
    def others(self) -> list[Point]:
        return self._points(is_own=False)

    @property
    def own_line(self) -> str:
        return _line(self.own)

    @property
    def others_line(self) -> str:
        return _line(self.others)

    def _points(self, *, is_own: bool) -> list[Point]:
        return [
            (self._x(each.rated_on), _y(each.level))
            for each in self.ratings
            if each.is_own == is_own
        ]

    def _x(self, on: datetime.date) -> int:
        first, last = self.ratings[0].rated_on, self.ratings[-1].rated_on
        if first == last:
            return (LEFT + RIGHT) // 2
        share = (on - first) / (last - first)
        return round(LEFT + 8 + share * (RIGHT - LEFT - 16))


def _y(level: int) -> int:
    return TOP + (len(SkillRating.Level) - level) * STEP


def _line(points: Iterable[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def pictures_of(ratings: Iterable[SkillRating]) -> list[Picture]:
    """One for each skill that either has looked at, as the descriptions go."""
    found: dict[Competency, list[SkillRating]] = defaultdict(list)
    for rating in ratings:
        found[rating.competency].append(rating)
    skills = sorted(found, key=lambda skill: (skill.role_id or 0, skill.order))
    return [Picture(skill, found[skill]) for skill in skills]
