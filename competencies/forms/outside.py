from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OutsideSupervisorForm(forms.Form):
    """Who signs a director's own plan, and where the link goes."""

    name = forms.CharField(
        label=_("Their full name"),
        max_length=90,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Their work e-mail"),
        help_text=_("The link goes to this address alone."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(_("Write the name with letters."))
        return name


class OutsideSigningForm(forms.Form):
    """What stands beside a signature from outside."""

    signed_as = forms.CharField(
        label=_("Your name, credential and number"),
        help_text=_("As it should stand beside your signature, such as LICSW 12345."),
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_as"].strip = True
