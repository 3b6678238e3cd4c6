from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.forms import AsksAboutIdentifiers
from lms.models import Person
from supervision_logs.models import CheckInChoice
from supervision_logs.rules import (
    OFTEN,
    VISION,
    CheckIn,
    Dimension,
    How,
    person_fields,
)

LONGEST = 1000
QUIETLY = {"autocomplete": "off"}
NOT_SEALED = _(
    "This could not be sealed just now, so it is not kept. Your words are still here: "
    "copy them, or try again in a while."
)


class Sealing(AsksAboutIdentifiers, forms.Form):
    """A form whose words are sealed, or stay on the screen."""

    def could_not_be_kept(self) -> None:
        self.add_error(None, NOT_SEALED)


class CheckInForm(Sealing):
    """Eight dimensions, each to be skipped; a line; what would help. Nothing scores."""

    asks_about = ("line", "would_help")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Dimension:
            self.fields[each.value] = forms.TypedChoiceField(
                label=each.label,
                choices=[
                    *((str(int(how)), how.label) for how in reversed(How)),
                    ("", _("skip")),
                ],
                coerce=lambda value: How(int(value)),
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs=QUIETLY),
            )
        for name, label in [
            ("line", _("One line, in your own words")),
            ("would_help", _("What would help")),
        ]:
            self.fields[name] = forms.CharField(
                label=label,
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs=QUIETLY),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Everything is skipped, so there is nothing to keep. That is fine.")
            )
        return cleaned

    @property
    def check_in(self) -> CheckIn:
        told = self.cleaned_data
        return CheckIn(
            {each: told[each.value] for each in Dimension if told[each.value]},
            told["line"],
            told["would_help"],
        )


class KeptForm(forms.ModelForm):
    class Meta:
        model = CheckInChoice
        fields = ["kept_days"]
        widgets = {"kept_days": forms.RadioSelect}
        help_texts = {
            "kept_days": _("Each check-in goes by itself after that, for good.")
        }


class CheckInShareForm(forms.Form):
    """With whom one entry is shared, and for how long."""

    reader = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("With whom"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[
            (1, _("today and tomorrow")),
            (3, _("three days")),
            (7, _("a week")),
            (14, _("two weeks")),
        ],
        initial=3,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = readers


class VisionForm(Sealing):
    """My Wellness Vision. Every field may stay empty; people in it may be named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {name: label for _title, part in VISION for name, label in part.items()}
        for name, label in asked.items():
            self.fields[name] = forms.CharField(
                label=label,
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, **QUIETLY}),
            )
        self.asks_about = tuple(asked)
        for name, part in person_fields():
            self.fields[name] = self._of_a_person(part)

    def _of_a_person(self, part: str) -> forms.Field:
        labels = {"name": _("Name"), "phone": _("Phone"), "notes": _("Notes")}
        if part == "often":
            return forms.ChoiceField(
                label=_("How often I will connect"),
                choices=list(OFTEN.items()),
                required=False,
            )
        widget = forms.TextInput(attrs=QUIETLY)
        return forms.CharField(
            label=labels[part], max_length=200, required=False, widget=widget
        )

    def names_known(self) -> list[str]:
        return [
            self.cleaned_data.get(name) or ""
            for name, part in person_fields()
            if part == "name"
        ]

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in part]) for title, part in VISION]

    @property
    def people(self) -> list[list[forms.BoundField]]:
        fields = [self[name] for name, _part in person_fields()]
        return [fields[start : start + 4] for start in range(0, len(fields), 4)]

    def too_long(self) -> None:
        self.add_error(
            None, _("All of it together is too long to seal. Please shorten a part.")
        )
