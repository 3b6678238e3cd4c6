"""Forms for what is taken again: retake orders, and refreshers that take turns."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies import rules
from competencies.models import Requirement, Topic, Training, Unit, validate_span
from lms.forms import DayField
from lms.models import Role

BLANK_TURNS = 3


class RetakeForm(forms.Form):
    """Who is asked to take what again, from when, and how soon."""

    topics = forms.ModelMultipleChoiceField(
        label=_("What is to be taken again?"),
        queryset=Topic.objects.all(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = DayField(
        label=_("From which day?"),
        help_text=_("Whoever completed it before that day is asked to take it again."),
    )
    within_count = forms.IntegerField(
        label=_("How long do people have?"), min_value=1, initial=3
    )
    within_unit = forms.ChoiceField(
        label=_("Days or months"), choices=Unit, initial=Unit.MONTHS
    )
    roles = forms.ModelMultipleChoiceField(
        label=_("Who is asked?"),
        queryset=Role.objects.all(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick one role or more. None ticked: everyone."),
    )
    because = forms.CharField(
        label=_("What has changed?"),
        max_length=300,
        required=False,
        help_text=_("People read it beside the date, such as “The law has changed.”"),
    )

    def clean_starts_on(self) -> datetime.date:
        day = self.cleaned_data["starts_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        count, unit = cleaned.get("within_count"), cleaned.get("within_unit")
        if unit:
            validate_span("within_count", count, unit)
        return cleaned

    @property
    def within(self) -> rules.Offset:
        data = self.cleaned_data
        return rules.Offset(data["within_count"], data["within_unit"])

    @property
    def order(self) -> rules.RetakeOrder:
        data = self.cleaned_data
        return rules.RetakeOrder(
            starts_on=data["starts_on"],
            within=self.within,
            roles=frozenset(role.key for role in data["roles"]),
            because=data["because"],
        )


class TurnsForm(forms.Form):
    """Which trainings renew a topic, one after the other, then from the start."""

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, prefix="turns", **kwargs)
        turns = [turn.training_id for turn in requirement.turns.order_by("order", "pk")]
        teaching = Training.objects.filter(taught__topic=requirement.topic_id)
        trainings = (teaching | Training.objects.filter(pk__in=turns)).distinct()
        for number in range(1, min(len(turns) + BLANK_TURNS, trainings.count()) + 1):
            self.fields[f"turn_{number}"] = forms.ModelChoiceField(
                label=_("First") if number == 1 else _("Then"),
                queryset=trainings,
                required=False,
                empty_label=_("none"),
                initial=turns[number - 1] if number <= len(turns) else None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned, seen = super().clean(), set()
        for name, training in cleaned.copy().items():
            if training in seen:
                self.add_error(name, _("It has a turn already."))
            elif training:
                seen.add(training)
        return cleaned

    @property
    def trainings(self) -> list[Training]:
        return [training for training in self.cleaned_data.values() if training]
