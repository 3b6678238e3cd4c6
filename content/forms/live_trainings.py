from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from content.actions import There
from content.models import LiveTraining, Registration
from lms.forms import TableField
from lms.models import StaffMember

NAME = {"name", "name on the list", "name (original name)", "participant"}
MINUTES = {"minutes", "total duration (minutes)", "duration (minutes)"}


class RegisterForm(forms.ModelForm):
    class Meta:
        model = Registration
        fields = ["display_name"]


class ColleagueForm(forms.Form):
    colleague = forms.ModelChoiceField(
        label=_("Somebody you supervise"), queryset=StaffMember.objects.none()
    )

    def __init__(self, *args: Any, team: QuerySet[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = team
        self.fields["colleague"].label_from_instance = lambda staff: str(staff.person)


class AttendanceForm(forms.ModelForm):
    class Meta:
        model = Registration
        fields = ["attendance", "minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].label = self.instance.display_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        came_in_part = cleaned.get("attendance") in {"late", "left_early"}
        if came_in_part and cleaned.get("minutes") is None:
            self.add_error("minutes", _("For how many minutes were they there?"))
        return cleaned


class BaseAttendanceFormSet(forms.BaseModelFormSet):
    def there(self) -> dict[int, There]:
        """Only who was noted: an empty answer changes nothing."""
        told = {form.instance.pk: form.cleaned_data for form in self.forms}
        return {
            pk: There(each["attendance"], each["minutes"])
            for pk, each in told.items()
            if each["attendance"]
        }


AttendanceFormSet = forms.modelformset_factory(
    Registration, form=AttendanceForm, formset=BaseAttendanceFormSet, extra=0
)


class AttendanceListForm(forms.Form):
    """A list from the meeting's own program: names and minutes."""

    file = TableField(
        label=_("List of who was there"),
        help_text=_(
            "CSV or Excel with the columns “Name” and “Minutes”. Names are compared "
            "with those on this page."
        ),
    )

    def __init__(
        self, *args: Any, live: LiveTraining | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.live = live
        self.there: dict[int, There] = {}

    def clean_file(self) -> Any:
        table = self.cleaned_data["file"]
        header = [cell.strip().casefold() for cell in table.header]
        places = [
            next((n for n, cell in enumerate(header) if cell in names), None)
            for names in (NAME, MINUTES)
        ]
        if None in places:
            raise ValidationError(
                _("The list needs a column “Name” and a column “Minutes”.")
            )
        unknown = list(self._read(table.rows, *places))
        if unknown:
            told = _("Nothing was noted. Not on this page, or without minutes: %(who)s")
            raise ValidationError(told, params={"who": "; ".join(unknown[:10])})
        return table

    def _read(
        self, rows: list[tuple[int, list[str]]], name: int, minutes: int
    ) -> Iterator[str]:
        """Fill ``there``; names whom it cannot place, with the line."""
        seats = self.live.registrations.with_a_seat()
        known: dict[str, list[int]] = {}
        for registration in seats:
            key = registration.display_name.casefold()
            known.setdefault(key, []).append(registration.pk)
        total: dict[int, int] = {}
        for line, cells in rows:
            found = known.get(cells[name].strip().casefold(), [])
            told = cells[minutes].strip()
            if len(found) != 1 or not (told.isascii() and told.isdigit()):
                yield f"{cells[name]} ({line})"
                continue
            total[found[0]] = total.get(found[0], 0) + int(told)
        whole = self.live.minutes
        for pk, sum_of_minutes in total.items():
            there = min(sum_of_minutes, whole)
            self.there[pk] = There("present" if there == whole else "late", there)
