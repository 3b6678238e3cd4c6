from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import PlanItem
from lms.forms import AsksAboutIdentifiers, DayField


class ItemWordsForm(AsksAboutIdentifiers, forms.ModelForm):
    """The two people's own words on a line. Training information is about staff: it
    names who teaches."""

    asks_about = ("notes",)

    class Meta:
        model = PlanItem
        fields = ["training_information", "notes"]
        widgets = {
            "training_information": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "training_information": _("Where, with whom, how to sign up."),
            "notes": _(
                "No participant names or details. You and your supervisor read this, "
                "nobody else."
            ),
        }


class AgreedDateForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["agreed_on", "agreed_because"]
        field_classes = {"agreed_on": DayField}
        labels = {"agreed_on": _("Date you agreed on"), "agreed_because": _("Reason")}
        help_texts = {
            "agreed_on": _("Leave empty to go back to the date worked out."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("agreed_on") and not cleaned.get("agreed_because"):
            self.add_error("agreed_because", _("A few words on why, for both of you."))
        return cleaned


class SeatForm(forms.Form):
    """Booked for a day, waiting for a seat, or neither."""

    booked_on = DayField(label=_("Booked for"), required=False)
    is_waiting = forms.BooleanField(
        label=_("I applied and wait for a seat"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("booked_on") and cleaned.get("is_waiting"):
            self.add_error("is_waiting", _("Booked or waiting: choose one of the two."))
        return cleaned


class WaiverForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["waived_as", "waived_because"]
        labels = {"waived_as": _("It reads as"), "waived_because": _("Reason")}
        widgets = {"waived_as": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class InPartForm(forms.Form):
    needs = forms.CharField(
        label=_("Still needs"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        help_text=_(
            "What was done counts. What else is needed, such as working with this "
            "population?"
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("What is missing, and what would help."),
    )
