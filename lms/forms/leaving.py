"""Leaving, moving, names, and ways in that were lost."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import Access, OneTimeCode, Person, StaffMember

from .staff import LATEST_HIRE, DayField, tidy_name


class LastDayForm(forms.Form):
    last_day = DayField(label=_("Last day at work"))

    def __init__(self, *args: Any, staff_member: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff_member = staff_member

    def clean_last_day(self) -> datetime.date:
        day, hired_on = self.cleaned_data["last_day"], self.staff_member.hired_on
        if hired_on and day < hired_on:
            raise ValidationError(_("The last day lies before the hire date."))
        if day > timezone.localdate() + LATEST_HIRE:
            raise ValidationError(
                _("That is more than a year ahead. Please check the year.")
            )
        return day


class AccessEndsForm(forms.Form):
    """Which of a leaver's further rights end with the last day."""

    accesses = forms.ModelMultipleChoiceField(
        label=_("What else ends with that day?"),
        queryset=Access.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave out what the person goes on doing."),
    )

    def __init__(
        self, *args: Any, staff_member: StaffMember, last_day: datetime.date
    ) -> None:
        super().__init__(*args)
        asked = Access.objects.filter(
            Q(kind=Access.Kind.DIRECTOR, agency=staff_member.agency_id)
            | Q(kind=Access.Kind.TTA),
            Q(ends_on=None) | Q(ends_on__gt=last_day),
            person=staff_member.person_id,
        )
        field = self.fields["accesses"]
        field.queryset = asked
        field.label_from_instance = Access.get_kind_display
        field.initial = asked
        if not asked:
            del self.fields["accesses"]

    @property
    def ending(self) -> QuerySet[Access]:
        return self.cleaned_data.get("accesses", Access.objects.none())


class PrivateEmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your private e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, person: Person | None = None) -> None:
        super().__init__(*args)
        self.work_email = person.email.lower() if person else ""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.lower() == self.work_email:
            raise ValidationError(
                _("That is your work e-mail: it stays with the agency when you leave.")
            )
        return email


class CodeForm(forms.Form):
    """A one-time code, typed from paper or heard on the phone."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Twenty letters and figures, in four groups."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )

    def __init__(self, *args: Any, purpose: str) -> None:
        super().__init__(*args)
        self.purpose = purpose

    def clean_code(self) -> OneTimeCode:
        text, now = self.cleaned_data["code"], timezone.now()
        code = OneTimeCode.objects.matching(text, self.purpose, now).first()
        if code is None:
            raise ValidationError(
                _("This code is not known, has been used, or is too old.")
            )
        return code


class CalledForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["called"]


class NameForm(forms.Form):
    full_name = forms.CharField(
        label=_("New full name"),
        max_length=90,
        help_text=_("As it should stand on certificates from now on."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_full_name(self) -> str:
        return tidy_name(self.cleaned_data["full_name"])


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("What happened?"),
        max_length=300,
        help_text=_(
            "In a sentence, for the second person: how you know it is them who asks."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MergeForm(forms.Form):
    """Which record stays, and the name typed out: it cannot be undone."""

    stays = forms.TypedChoiceField(
        label=_("Which record stays?"), coerce=int, widget=forms.RadioSelect
    )
    full_name = forms.CharField(
        label=_("Type the full name of the record that stays"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: list[Person]) -> None:
        super().__init__(*args)
        self.people = {person.pk: person for person in people}
        self.fields["stays"].choices = [
            (person.pk, f"{person.full_name} ({number})")
            for number, person in enumerate(people, 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person = self.people.get(cleaned.get("stays"))
        typed = " ".join(cleaned.get("full_name", "").split())
        if person and typed and typed.casefold() != person.full_name.casefold():
            self.add_error(
                "full_name", _("That is not the name of the record that stays.")
            )
        return cleaned

    @property
    def chosen(self) -> tuple[Person, Person]:
        """The one that stays, and the one that goes."""
        stays = self.people[self.cleaned_data["stays"]]
        [goes] = [person for person in self.people.values() if person != stays]
        return stays, goes
