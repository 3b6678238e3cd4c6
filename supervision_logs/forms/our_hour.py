from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.forms import DayField
from lms.models import Person
from supervision_logs.models import AgendaItem, FollowUp, StandingHour

NO_DETAILS = _("No participant names or details. The two of you read this.")


class AgendaForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["text"]
        help_texts = {"text": NO_DETAILS}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}


class FollowUpForm(forms.ModelForm):
    owner = forms.TypedChoiceField(label=_("Who"), coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = FollowUp
        fields = ["text", "due_on"]
        field_classes = {"due_on": DayField}
        help_texts = {"text": NO_DETAILS}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}

    field_order = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(each.pk, str(each)) for each in people]
        self.fields["owner"].initial = people[0].pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.owner_id = cleaned.get("owner")
        return cleaned


class StandingHourForm(forms.ModelForm):
    class Meta:
        model = StandingHour
        fields = ["weekday", "begins_at", "minutes", "mode"]
        widgets = {"begins_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].widget.attrs |= {"min": 5, "max": 480, "step": 5}

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not 0 < minutes <= StandingHour.LONGEST:
            raise forms.ValidationError(_("Say between 5 minutes and 8 hours."))
        return minutes
