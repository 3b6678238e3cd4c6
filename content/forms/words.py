from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import ModulePage, WordChoice
from lms.models import Agency

LONGEST = 20_000


class KeepForm(forms.Form):
    """A word that stays in a module, and why."""

    module = forms.ModelChoiceField(ModulePage.objects.all())
    word = forms.CharField(max_length=100)
    reason = forms.CharField(
        max_length=300, error_messages={"required": _("Say in a few words why.")}
    )


class TextForm(forms.Form):
    """Something one has written, to look at with the list. It is kept nowhere."""

    text = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={
            "required": _("Paste or type a few sentences first."),
            "max_length": _("That is longer than 20,000 characters. Take a part."),
        },
    )


class LocalWordForm(forms.ModelForm):
    """A word that one agency adds for itself."""

    class Meta:
        model = WordChoice
        fields = ["agency", "avoid", "say", "why"]
        widgets = {"say": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])
        field.required, field.help_text = True, ""
        if len(agencies) == 1:
            field.initial, field.widget = agencies[0], forms.HiddenInput()
