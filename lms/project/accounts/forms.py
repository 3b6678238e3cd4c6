from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey opens the account by itself, unless somebody wants a plain key."""

    name = forms.CharField(
        label=_("What to call it"),
        required=False,
        max_length=60,
        help_text=_("So that you know later which phone or key it was."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("Your phone then asks for your finger, your face or its own code."),
    )
