import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import Pause, Person, Role, RoleHeld, StaffMember, SupervisionTie

EARLIEST = datetime.date(1950, 1, 1)
LATEST = datetime.timedelta(days=30 * 366)
LATEST_HIRE = datetime.timedelta(days=366)


class DateInput(forms.DateInput):
    """The browser's own date field: works with keyboard, voice and phone wheel."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that people plan with: not so far off that calculating with it ends."""

    widget = DateInput

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and value < EARLIEST:
            raise ValidationError(_("That is before 1950. Please check the year."))
        if value and value > timezone.localdate() + LATEST:
            raise ValidationError(
                _("That is more than thirty years ahead. Please check the year.")
            )


def tidy_name(text: str) -> str:
    name = " ".join(text.split())
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Write the name with letters."))
    return name


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["full_name", "called", "email", "phone"]
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "called": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        }

    def clean_full_name(self) -> str:
        return tidy_name(self.cleaned_data["full_name"])

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip()
        others = Person.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise ValidationError(
                _("Another person already uses this address. Each needs their own.")
            )
        return email


class StaffMemberForm(forms.ModelForm):
    class Meta:
        model = StaffMember
        fields = ["agency", "hired_on", "employee_id", "fte", "is_history_on_paper"]
        field_classes = {"hired_on": DayField}
        help_texts = {
            "hired_on": _("Leave empty if it is not known yet: the dates will wait."),
        }

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0]
        if self.instance.pk:
            del self.fields["agency"]

    def clean_hired_on(self) -> datetime.date | None:
        day = self.cleaned_data["hired_on"]
        if day and day > timezone.localdate() + LATEST_HIRE:
            raise ValidationError(
                _("That is more than a year ahead. Please check the year.")
            )
        if day and self.instance.left_on and self.instance.left_on < day:
            raise ValidationError(_("The last day lies before the hire date."))
        return day


class RolesForm(forms.Form):
    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Role.objects.all(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several at once are normal: the plan is the union of them."),
    )


class RoleHeldForm(forms.ModelForm):
    class Meta:
        model = RoleHeld
        fields = ["role", "starts_on"]
        field_classes = {"starts_on": DayField}

    def __init__(self, *args: Any, staff_member: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff_member = staff_member

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        role, starts_on = cleaned.get("role"), cleaned.get("starts_on")
        if role is None:
            return cleaned
        first = starts_on or datetime.date.min
        for held in self.staff_member.roles_held.filter(role=role):
            if held.ends_on is None or held.ends_on >= first:
                self.add_error("role", _("This role is held already for that time."))
                break
        return cleaned


class EndsOnForm(forms.Form):
    ends_on = DayField(label=_("Last day"), initial=timezone.localdate)


class TieForm(forms.ModelForm):
    """Who supervises. The person is found by typing, never picked from a long list."""

    supervisor_name = forms.CharField(
        label=_("Supervisor"),
        help_text=_("Type some letters of the name, then choose."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = SupervisionTie
        fields = ["scope", "kind", "starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}

    field_order = ["supervisor_name", "scope", "kind", "starts_on", "ends_on"]

    def __init__(
        self, *args: Any, staff_member: StaffMember, candidates: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.staff_member = staff_member
        self.candidates = candidates

    def clean_supervisor_name(self) -> str:
        text = self.cleaned_data["supervisor_name"].strip()
        found = people_matching(self.candidates, text)
        exact = [each for each in found if text in (each.full_name, str(each))]
        people = exact or list(found[:6])
        if not people:
            raise ValidationError(
                _("Nobody here is called “%(name)s”. Check the spelling."),
                params={"name": text},
            )
        if len(people) > 1:
            names = ", ".join(each.full_name for each in people)
            raise ValidationError(
                _("Whom do you mean: %(names)s? Write the whole name."),
                params={"names": names},
            )
        if people[0] == self.staff_member.person:
            raise ValidationError(_("Nobody supervises themselves."))
        self.supervisor = people[0]
        return people[0].full_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day lies before the first."))
        if cleaned.get("kind") == SupervisionTie.Kind.BACKUP and not ends:
            self.add_error(
                "ends_on", _("Somebody who stands in does so until a day: which?")
            )
        return cleaned


def people_matching(people: Any, text: str) -> Any:
    """People whose name holds every word typed, by name; nobody for no word."""
    words = text.replace("\0", "").split()[:5]  # PostgreSQL takes no NUL
    if not words:
        return people.none()
    for word in words:
        people = people.filter(full_name__icontains=word) | people.filter(
            called__icontains=word
        )
    return people.order_by("full_name")


class PauseForm(forms.ModelForm):
    class Meta:
        model = Pause
        fields = ["starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "ends_on": _("Leave empty while the day of return is not known."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif starts and self._overlaps(starts, ends):
            self.add_error("starts_on", _("Another pause already covers these days."))
        return cleaned

    def _overlaps(self, starts: datetime.date, ends: datetime.date | None) -> bool:
        others = self.instance.staff_member.pauses.exclude(pk=self.instance.pk)
        return any(
            (ends is None or other.starts_on <= ends)
            and (other.ends_on is None or other.ends_on >= starts)
            for other in others
        )
