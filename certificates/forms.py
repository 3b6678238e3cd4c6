from django import forms
from django.utils.translation import gettext_lazy as _


class DisclosureForm(forms.Form):
    """What a stranger sees who opens the certificate's address."""

    shows_name = forms.BooleanField(
        label=_("Show my name to whoever checks it"), required=False
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code or address from the certificate"), max_length=300
    )

    def clean_code(self) -> str:
        """The code itself, also out of a whole address."""
        parts = self.cleaned_data["code"].strip().rstrip("/").split("/")
        return "".join(sign for sign in parts[-1].lower() if sign.isalnum())
