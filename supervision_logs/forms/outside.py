from django import forms
from django.utils.translation import gettext_lazy as _


class OutsideForm(forms.Form):
    """What stands beside a confirmation from outside."""

    confirmed_as = forms.CharField(
        label=_("Your name, credential and number"),
        help_text=_("As it should stand beside the session, such as LICSW 12345."),
        max_length=200,
    )
