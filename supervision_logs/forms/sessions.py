import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.forms import DayField
from lms.models import StaffMember
from supervision_logs.hours import BACK_ENTRY, origin_of
from supervision_logs.models import SessionRemark, SessionVersion, Theme

PURPOSES = SessionVersion.PURPOSE_FIELDS
LONGEST = 8 * 60


def minutes_field(label: Any, **more: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=1, max_value=LONGEST, **more)
    field.widget.attrs |= {"inputmode": "numeric"}
    return field


class DayOfSession(forms.Form):
    """The day of it. ``is_tied`` tells whether the two were supervisor and supervised
    on a day at all."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=_("Day"))

    def __init__(
        self, *args: Any, is_tied: Callable[[datetime.date], bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_tied = is_tied

    def clean_held_on(self) -> datetime.date:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("That day is still to come. Log it when you have met.")
            )
        if not self.is_tied(day):
            raise forms.ValidationError(
                _(
                    "On that day this supervision was not noted. Check the day, or ask "
                    "the director to note who supervised then."
                )
            )
        return day


class SessionForm(DayOfSession):
    """A session that was held. Only the first three fields are needed."""

    minutes = minutes_field(_("Minutes"), initial=60)
    mode = forms.ChoiceField(
        label=_("How you met"),
        choices=SessionVersion.Mode,
        initial=SessionVersion.Mode.IN_PERSON,
        widget=forms.RadioSelect,
    )
    because = forms.ChoiceField(
        label=_("Why later"),
        required=False,
        choices=[("", _("It is not late")), *SessionVersion.Because.choices],
        help_text=_(
            "Needed when it is more than two weeks ago, or when a month was confirmed "
            "with it. After 90 days it is kept as imported, and nobody confirms it."
        ),
    )
    occasion = forms.ChoiceField(
        label=_("Occasion"),
        choices=SessionVersion.Occasion,
        initial=SessionVersion.Occasion.PLANNED,
        widget=forms.RadioSelect,
    )
    reflective_minutes = minutes_field(_("Of that, reflective"), required=False)
    administrative_minutes = minutes_field(_("administrative"), required=False)
    clinical_minutes = minutes_field(
        _("clinical"),
        required=False,
        help_text=_("Split the minutes only if something asks for it. They add up."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    components = forms.MultipleChoiceField(
        label=_("Parts of reflective supervision"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    summary = forms.CharField(
        label=_("In general words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A line or two. No participant names or details. Those who met read this, "
            "nobody else."
        ),
    )

    FEW = ("held_on", "minutes", "mode")
    MORE = (
        "because",
        "occasion",
        *PURPOSES,
        "themes",
        "components",
        "summary",
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        for kind, name in [("theme", "themes"), ("component", "components")]:
            titles = list(
                Theme.objects.offered()
                .filter(kind=kind)
                .values_list("title", flat=True)
            )
            kept = [
                title for title in self.initial.get(name, []) if title not in titles
            ]
            self.fields[name].choices = [(each, each) for each in [*titles, *kept]]
            if not self.fields[name].choices:
                del self.fields[name]

    @property
    def few(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FEW]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def is_more_needed(self) -> bool:
        """Whether what is folded away holds an error or was filled in before."""
        given = any(self.initial.get(name) for name in self.MORE if name != "occasion")
        return given or any(name in self.errors for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        minutes = cleaned.get("minutes")
        parts = [cleaned.get(name) or 0 for name in PURPOSES]
        if minutes and any(parts) and sum(parts) != minutes:
            self.add_error(
                "reflective_minutes",
                _("The parts come to %(parts)d minutes, the session to %(minutes)d.")
                % {"parts": sum(parts), "minutes": minutes},
            )
        day = cleaned.get("held_on")
        is_late = bool(day) and origin_of(day, timezone.localdate()) == "late"
        if (is_late or self.needs_reason) and not cleaned.get("because"):
            self.add_error("because", _("Choose the reason."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        names = ["held_on", "minutes", "mode", "because", "occasion"]
        parts = {name: self.cleaned_data[name] or 0 for name in PURPOSES}
        return {name: self.cleaned_data[name] for name in names} | parts

    def words(self) -> dict[str, Any]:
        found = {"summary": self.cleaned_data["summary"]}
        for name in ("themes", "components"):
            found[name] = self.cleaned_data.get(name, [])
        return found


class GroupForm(SessionForm):
    """A session of several: who was there, and for how long where it was not all."""

    def __init__(self, *args: Any, staff: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = list(staff)
        for each in self.staff:
            self.fields[f"with_{each.pk}"] = forms.BooleanField(
                label=str(each.person), required=False
            )
            self.fields[f"minutes_{each.pk}"] = minutes_field(
                _("Minutes of %(name)s") % {"name": each.person},
                required=False,
            )

    @property
    def roster_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"with_{each.pk}"], self[f"minutes_{each.pk}"]) for each in self.staff
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.roster():
            self.add_error(None, _("Tick who was there."))
        for each, own in self.roster().items():
            if own and cleaned.get("minutes") and own > cleaned["minutes"]:
                self.add_error(
                    f"minutes_{each.pk}", _("That is longer than the session.")
                )
        return cleaned

    def roster(self) -> dict[StaffMember, int | None]:
        return {
            each: self.cleaned_data.get(f"minutes_{each.pk}")
            for each in self.staff
            if self.cleaned_data.get(f"with_{each.pk}")
        }


class NotHeldForm(forms.Form):
    """An hour that did not take place: moved, or not held."""

    held_on = DayField(label=_("Which day it would have been"))
    moved_to = DayField(
        label=_("Moved to"),
        required=False,
        help_text=_("Leave this empty if it was not held at all."),
    )
    not_held_because = forms.ChoiceField(
        label=_("On the agency's side, if it was that"),
        required=False,
        choices=[("", _("Nothing to note")), *SessionVersion.NotHeld.choices],
        widget=forms.RadioSelect,
        help_text=_("Why a staff member was not there is never noted."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, moved_to = cleaned.get("held_on"), cleaned.get("moved_to")
        if day and timezone.localdate() - day > BACK_ENTRY:
            self.add_error("held_on", _("That is more than 90 days ago."))
        if moved_to and moved_to == day:
            self.add_error("moved_to", _("That is the same day."))
        if moved_to and cleaned.get("not_held_because"):
            self.add_error(
                "not_held_because", _("Choose one: moved to a day, or not held.")
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        state = SessionVersion.State
        moved_to = self.cleaned_data["moved_to"]
        late = origin_of(self.cleaned_data["held_on"], timezone.localdate()) == "late"
        return {
            "state": state.MOVED if moved_to else state.NOT_HELD,
            "held_on": self.cleaned_data["held_on"],
            "minutes": 0,
            "moved_to": moved_to,
            "not_held_because": self.cleaned_data["not_held_because"],
            "because": SessionVersion.Because.FORGOTTEN if late else "",
        }


class RemarkForm(forms.ModelForm):
    class Meta:
        model = SessionRemark
        fields = ["kind", "text"]
        labels = {"kind": _("What is it?")}
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "text": _(
                "It stays with this session for good. You and your supervisor read it. "
                "No participant names or details."
            ),
        }
