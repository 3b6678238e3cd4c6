"""What a check-in and a vision hold.

What is sealed is one text each: YAML, so that a person's own download reads plainly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Dimension(TextChoices):
    """The eight dimensions of SAMHSA's "Creating a Healthier Life"."""

    SOCIAL = "social", _("Social")
    ENVIRONMENTAL = "environmental", _("Environmental")
    PHYSICAL = "physical", _("Physical")
    EMOTIONAL = "emotional", _("Emotional")
    SPIRITUAL = "spiritual", _("Spiritual")
    OCCUPATIONAL = "occupational", _("Occupational")
    INTELLECTUAL = "intellectual", _("Intellectual")
    FINANCIAL = "financial", _("Financial")


class How(IntegerChoices):
    """Words, no score: the numbers only say which stands higher in the picture."""

    STRUGGLING = 1, _("struggling")
    STRETCHED = 2, _("stretched")
    STEADY = 3, _("steady")


@dataclass(frozen=True)
class CheckIn:
    """``dimensions`` holds those that were not skipped."""

    dimensions: Mapping[Dimension, How] = field(default_factory=dict)
    line: str = ""
    would_help: str = ""

    @property
    def said(self) -> list[tuple[str, str]]:
        return [
            (str(dimension.label), str(how.label))
            for dimension, how in self.dimensions.items()
        ]


def written(check_in: CheckIn) -> str:
    dimensions = check_in.dimensions.items()
    return _dump(
        {each.value: how.name.lower() for each, how in dimensions}
        | {"line": check_in.line, "would_help": check_in.would_help}
    )


def read(text: str) -> CheckIn:
    told = yaml.safe_load(text)
    return CheckIn(
        {
            each: How[told[each.value].upper()]
            for each in Dimension
            if each.value in told
        },
        told["line"],
        told["would_help"],
    )


def written_vision(answers: Mapping[str, str]) -> str:
    return _dump({name: text for name, text in answers.items() if text})


def read_vision(text: str) -> dict[str, str]:
    return yaml.safe_load(text)


def _dump(told: Mapping[str, str]) -> str:
    # YAML writes the old sign for a next line (U+0085) in a way it does not read back.
    plain = {name: text.replace("\x85", "\n") for name, text in told.items()}
    return yaml.safe_dump(
        plain, allow_unicode=True, sort_keys=False, width=float("inf")
    )


VISION: list[tuple[Any, dict[str, Any]]] = [
    (
        _("Getting to know me"),
        {
            "wellness_is": _("What wellness looks and feels like for me"),
            "already_do": _("What I already do to care for myself"),
            "feel_good": _("Activities that do me good"),
            "at_best": _("My life when I am at my best"),
            "stay_well": _("What helps me stay well"),
            "positive_habits": _("Daily habits I like"),
            "grateful": _("Things I am grateful for"),
            "gratitude_practice": _("How I practise gratitude each day"),
        },
    ),
    (
        _("What stresses me"),
        {
            "stress_things": _("Things that can stress me"),
            "stress_relationships": _("Relationships that can stress me"),
            "stress_places": _("Places that can stress me"),
            "early_signs": _("What I think or feel when it begins"),
            "coping": _("What helps me cope"),
            "overwhelmed": _("What I will do when it is too much"),
        },
    ),
    (
        _("Taking care of me"),
        {
            "today": _("One thing for myself today"),
            "this_week": _("One thing for myself this week"),
            "this_month": _("One thing for myself this month"),
            "social": _("Social supports and community"),
            "education_employment": _("Education and employment"),
            "physical": _("Physical wellness"),
            "mental_emotional": _("Mental and emotional wellness"),
            "spiritual": _("Spiritual wellness"),
            "financial": _("Financial wellness"),
        },
    ),
]
PEOPLE = 6
OFTEN = {
    "": _("Not said"),
    "daily": _("Once a day"),
    "weekly": _("Once a week"),
    "as_needed": _("As often as needed"),
}


def person_fields() -> Iterable[tuple[str, str]]:
    """The names of the fields for each positive person in one's life."""
    for number in range(1, PEOPLE + 1):
        for part in ("name", "phone", "often", "notes"):
            yield f"{part}_{number}", part
