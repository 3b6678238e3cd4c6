import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.forms import DayField


class LogSheetForm(forms.Form):
    """Which part of one's log goes on paper, and which words go along: each a tick of
    its own, each time."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    with_themes = forms.BooleanField(
        label=_("Themes, as general content"), required=False
    )
    with_summaries = forms.BooleanField(
        label=_("What was noted in general words"),
        required=False,
        help_text=_(
            "Themes and words belong to the two of you. They go along only if you tick "
            "them here."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        elif first and last and last - first > datetime.timedelta(days=5 * 366):
            self.add_error("first", _("Choose at most five years at once."))
        return cleaned
