from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Person

DAYS = [(7, _("a week")), (14, _("two weeks")), (30, _("a month"))]


class ShareForm(forms.Form):
    """With whom of one's supervisors, and for how long."""

    reader = forms.ModelChoiceField(
        Person.objects.none(), label=_("With"), empty_label=None
    )
    days = forms.TypedChoiceField(
        label=_("For"), choices=DAYS, coerce=int, initial=14, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, supervisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = supervisors
