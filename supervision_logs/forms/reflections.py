from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Person

LONGEST = 10_000
A_DAY, A_WEEK, A_MONTH = 1, 7, 30


class ReflectionForm(forms.Form):
    """Somebody's own words on a session, sealed."""

    words = forms.CharField(
        label=_("For yourself"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_(
            "Write about you. If it is about the other's work, write it where they "
            "can read it. Name nobody."
        ),
        error_messages={"required": _("Write something first.")},
    )

    def could_not_be_kept(self) -> None:
        self.add_error(
            "words",
            _(
                "This could not be sealed just now, so it is not kept. Your words are "
                "still here: copy them, or try again in a while."
            ),
        )


class ShareForm(forms.Form):
    """To whom, and for how long."""

    with_whom = forms.TypedChoiceField(
        label=_("Who may read it"), coerce=int, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        initial=A_WEEK,
        widget=forms.RadioSelect,
        choices=[
            (A_DAY, _("until tomorrow")),
            (A_WEEK, _("a week")),
            (A_MONTH, _("a month")),
        ],
    )

    def __init__(self, *args: Any, others: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {each.pk: each for each in others}
        self.fields["with_whom"].choices = [
            (pk, str(each)) for pk, each in self.others.items()
        ]

    def reader(self) -> Person:
        return self.others[self.cleaned_data["with_whom"]]
