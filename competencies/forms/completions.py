from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import PlanItem, Portion

from .attachments import AttachmentField
from .histories import NotedField


class EvidenceForm(forms.Form):
    certificate = AttachmentField(
        label=_("Certificate or note"),
        help_text=_(
            "Only your certificate: no sign-in sheets, no case notes. PDF or a photo, "
            "up to 20 MB. Where the photo was taken is removed."
        ),
    )


class CompletionForm(forms.Form):
    """Somebody took a training elsewhere, and has a certificate, a note, or neither."""

    title = forms.CharField(label=_("What was it called?"), max_length=200)
    provider = forms.CharField(label=_("Who gave it?"), max_length=200, required=False)
    completed_on = NotedField(
        label=_("When did you finish?"),
        help_text=_(
            "A day like 3/14/2022. If you do not know it: a month like 3/2022, a year "
            "like 2022, or p for “paper seen”."
        ),
        error_messages={
            "ahead": _("That day is still to come. You can note it as booked instead.")
        },
    )
    hours = forms.DecimalField(
        label=_("How many hours?"),
        help_text=_("If you know."),
        min_value=0,
        max_value=999,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    portion = forms.ChoiceField(
        label=_("Which part?"),
        choices=[
            (Portion.DIDACTIC, _("The didactic portion")),
            (Portion.FULL, _("The full training")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    certificate = AttachmentField(
        label=_("Certificate or note"),
        help_text=_(
            "Only your certificate: no sign-in sheets, no case notes. PDF or a photo, "
            "up to 20 MB. Where the photo was taken is removed."
        ),
        required=False,
    )
    has_none = forms.BooleanField(label=_("I have no certificate"), required=False)

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.portion == Portion.WHOLE:
            del self.fields["portion"]
        else:
            self.fields["portion"].initial = item.portion

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_missing = not cleaned.get("certificate") and "certificate" not in self.errors
        if is_missing and not cleaned.get("has_none"):
            self.add_error(
                "certificate",
                _("Add the file, or tick “I have no certificate”. Both are fine."),
            )
        return cleaned
