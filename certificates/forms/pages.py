import hashlib
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.rules import Disclosure
from lms.models import Person

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


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number on the certificate"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip().upper()
        if not Certificate.objects.filter(number=number).exists():
            raise ValidationError(
                _("No certificate has this number. It looks like 2026-1A2B-3C4D.")
            )
        return number


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("The holder reads this. No stranger does."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ByHandForm(forms.Form):
    """Whom an award is given to, and why. An address nobody has is named, and
    nothing is given until all are known."""

    people = forms.CharField(
        label=_("Work e-mail addresses, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    because = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_(
            "The holder reads this where others read what it took: “Facilitated the "
            "spring retreat”."
        ),
    )

    def clean_people(self) -> list[Person]:
        told = self.cleaned_data["people"].replace(",", "\n").split("\n")
        asked = {line.strip().lower() for line in told if line.strip()}
        found = _people_at(asked)
        if unknown := sorted(asked - set(found)):
            raise ValidationError(
                _("Nobody here has these addresses: %(addresses)s"),
                params={"addresses": ", ".join(unknown)},
            )
        return list(found.values())


def _people_at(addresses: set[str]) -> dict[str, Person]:
    """By work e-mail, or by the one somebody signs in with."""
    account = f"user__{get_user_model().get_email_field_name()}"
    return {
        address: person
        for field in (account, "email")
        for person in Person.objects.filter(merged_into=None)
        .annotate(address=Lower(field))
        .filter(address__in=addresses)
        for address in [person.address]
    }
