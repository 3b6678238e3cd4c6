from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lms.models import AuditEntry


class TrailForm(forms.Form):
    """Which entries of the security trail: of one kind of act, of one month."""

    act = forms.ChoiceField(label=_("What"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = AuditEntry.objects.order_by("act").values_list("act", flat=True)
        months = AuditEntry.objects.datetimes("at", "month", order="DESC")
        self.fields["act"].choices = [
            ("", _("Everything")),
            *((act, AuditEntry.said(act)) for act in acts.distinct()),
        ]
        self.fields["month"].choices = [
            ("", _("All months")),
            *((f"{each:%Y-%m}", date_format(each, "F Y")) for each in months),
        ]

    def entries(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Those entries that were asked for; all of them where nothing is."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("act"):
            entries = entries.filter(act=chosen["act"])
        if chosen.get("month"):
            year, month = chosen["month"].split("-")
            entries = entries.filter(at__year=year, at__month=month)
        return entries
