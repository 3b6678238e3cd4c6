from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms import tables
from lms.models import Agency
from lms.rules import columns_of


class TableField(forms.FileField):
    """A list of many lines, CSV or XLSX; ``clean`` returns it read, as a ``Table``."""

    widget = forms.FileInput(
        attrs={
            "accept": ".csv,.xlsx,text/csv,"
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    )

    def clean(self, data: Any, initial: Any = None) -> tables.Table:
        upload = super().clean(data, initial)
        try:
            return tables.read_table(upload.file, upload.size)
        except tables.NotReadable as reason:
            raise ValidationError(str(reason)) from reason


class ImportForm(forms.Form):
    """Which list, and of which agency where somebody directs several."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    table = TableField(
        label=_("List"), help_text=_("CSV or Excel (.xlsx), up to 10,000 lines.")
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0]
            self.fields["agency"].widget = forms.HiddenInput()


class StaffImportForm(ImportForm):
    def clean_table(self) -> tables.Table:
        table = self.cleaned_data["table"]
        self.columns = columns_of(table.header)
        if not self.columns.keys() & {"email", "employee_id"}:
            raise ValidationError(
                _(
                    "No column is called “Work e-mail” or “Employee number”. One of "
                    "them is needed; the template has both."
                )
            )
        return table
