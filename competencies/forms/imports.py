from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.imports import (
    Title,
    meanings,
    suggested_columns,
    suggested_topics,
)
from competencies.models import Portion, RequirementAudience, Topic
from competencies.rules import NEEDED, Meant, folded, training_columns
from lms.models import Import


class ColumnsForm(forms.Form):
    """Which column of a list holds what; what stood there in the first line helps."""

    is_day_first = forms.TypedChoiceField(
        label=_("A date like 3/4/2026 is"),
        choices=[("", _("4 March (month first)")), ("1", _("3 April (day first)"))],
        coerce=bool,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, job: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested = suggested_columns(job)
        first = job.rows.first()
        choices = [
            (
                place,
                f"{name} ({first.cells[place][:30]})" if first.cells[place] else name,
            )
            for place, name in enumerate(job.header)
            if name
        ]
        for column in training_columns():
            self.fields[column.key] = forms.TypedChoiceField(
                label=column.label,
                choices=[("", _("Choose a column")), *choices],
                coerce=int,
                empty_value=None,
                initial=suggested.get(column.key, ""),
                required=column.key in NEEDED,
            )
        self.order_fields([column.key for column in training_columns()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        used: set[int] = set()
        for column in training_columns():
            place = cleaned.get(column.key)
            if place in used:
                self.add_error(column.key, _("This column is chosen for two things."))
            used |= {place} - {None}
        return cleaned

    def columns(self) -> dict[str, int]:
        keys = [column.key for column in training_columns()]
        chosen = {key: self.cleaned_data[key] for key in keys}
        return {key: place for key, place in chosen.items() if place is not None}


class TitlesForm(forms.Form):
    """Which topic each title stands for, or that it is left out."""

    LEFT_OUT = "none"

    def __init__(
        self, *args: Any, job: Import, titles: list[Title], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known, suggested = meanings(job.agency), suggested_topics()
        choices = topic_choices()
        self.titles = {f"line_{line}": title for line, title in titles}
        for name, title in self.titles.items():
            meant = known.get(folded(title), suggested.get(folded(title)))
            left_out = folded(title) in known and meant is None
            self.fields[name] = forms.ChoiceField(
                label=title,
                choices=choices,
                initial=self.LEFT_OUT if left_out else meant and key_of(meant),
            )

    def chosen(self) -> dict[str, tuple[int, str] | None]:
        return {
            title: None if value == self.LEFT_OUT else (int(topic), portion)
            for name, title in self.titles.items()
            for value in [self.cleaned_data[name]]
            for topic, _sign, portion in [value.partition(":")]
        }


def key_of(meant: Meant) -> str:
    return f"{meant.topic}:{meant.portion}"


def topic_choices() -> list[tuple[str, Any]]:
    """Every topic, in its portions where a plan asks for portions."""
    rows = RequirementAudience.objects.exclude(portion=Portion.WHOLE)
    in_portions = set(rows.values_list("requirement__topic", flat=True))
    choices = [("", _("Choose a topic")), (TitlesForm.LEFT_OUT, _("Leave out"))]
    for topic in Topic.objects.order_by("title"):
        if topic.pk in in_portions:
            choices += [
                (f"{topic.pk}:{portion}", f"{topic}, {portion.label}")
                for portion in (Portion.FULL, Portion.DIDACTIC)
            ]
        else:
            choices.append((f"{topic.pk}:", topic.title))
    return choices
