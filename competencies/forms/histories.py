from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import PlanItem
from competencies.rules import Noted, read_noted
from lms.rules import NotUnderstood


class NotedField(forms.CharField):
    """A day, "about 2021", or "paper seen"."""

    default_error_messages = {"ahead": _("That is still to come.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "list": "history-words"}
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> Noted | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            noted = read_noted(text)
        except NotUnderstood as reason:
            raise ValidationError(str(reason)) from reason
        if noted.is_ahead(timezone.localdate()):
            raise ValidationError(self.error_messages["ahead"])
        return noted


class HistoryForm(forms.Form):
    """Every line of a plan with one field: all of it is saved in one go.

    Only what differs from what was shown is told, so that two who fill it at the same
    time take nothing back from each other.
    """

    def __init__(
        self, *args: Any, items: list[PlanItem], told: dict[int, Noted], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            noted = told.get(item.topic_id)
            self.fields[f"topic_{item.topic_id}"] = NotedField(
                label=item.topic.title,
                initial=noted.mark if noted else "",
                required=False,
                show_hidden_initial=True,
            )

    def told(self) -> dict[int, Noted | None]:
        return {
            int(name.removeprefix("topic_")): noted
            for name, noted in self.cleaned_data.items()
            if name in self.changed_data
        }
