from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 10_000


class ReflectionForm(forms.Form):
    """What somebody thinks about a question, for their own eyes."""

    words = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _(
                "That is longer than 10,000 characters. Please shorten it a little."
            ),
        },
    )

    def __init__(self, *args: Any, prompt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = prompt

    def could_not_be_kept(self) -> None:
        self.add_error(
            "words",
            _(
                "This could not be sealed just now, so it is not kept. Your words are "
                "still here: copy them, or try again in a while."
            ),
        )
