import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .models import Certificate
from .rules import Disclosure

LARGEST_FILE = 5 * 1024 * 1024  # bytes; a certificate has about a hundredth of that


class DisclosureForm(forms.ModelForm):
    """What a stranger sees who opens the certificate's address."""

    discloses = forms.ChoiceField(
        label=_("Whose it is"),
        choices=Disclosure,
        widget=forms.RadioSelect,
        help_text=_(
            "Without your name, somebody who has the paper can still compare its "
            "number and date. With nothing at all, nobody can check it."
        ),
    )

    class Meta:
        model = Certificate
        fields = ["discloses", "shows_took"]
        labels = {"shows_took": _("Also show what it took")}
        help_texts = {
            "shows_took": _(
                "A list of topics can tell what your work is. Leave this off unless "
                "whoever checks needs it."
            )
        }

    def save(self, commit: bool = True) -> Certificate:  # noqa: FBT001, FBT002  (Django's)
        self.instance.let_strangers_see(
            discloses=self.cleaned_data["discloses"],
            shows_took=self.cleaned_data["shows_took"],
        )
        return self.instance


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code or address from the certificate"), max_length=300
    )

    def clean_code(self) -> str:
        """The code itself, also out of a whole address."""
        parts = self.cleaned_data["code"].strip().rstrip("/").split("/")
        return "".join(sign for sign in parts[-1].lower() if sign.isalnum())


class FileForm(forms.Form):
    """A file that somebody was handed: its digest, and nothing of it is kept."""

    file = forms.FileField(
        label=_("The PDF you were given"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _(
                    "This file is larger than any certificate of ours (5 MB). "
                    "Please choose the PDF itself."
                )
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if file := cleaned.get("file"):
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            cleaned["sha256"] = digest.hexdigest()
        return cleaned
