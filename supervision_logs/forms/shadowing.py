import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.forms import AsksAboutIdentifiers, DayField
from lms.models import Person, StaffMember
from supervision_logs.models import Contact, ShadowingVisit, VisitTask

STAFF_ONLY = _("Staff and partners only. No family names, streets, ages or stories.")
SHORT = forms.Textarea(attrs={"rows": 2})
LONG = forms.Textarea(attrs={"rows": 4})


class VisitForm(AsksAboutIdentifiers, forms.ModelForm):
    """Plan a visit and prepare it: whom, what for, what to ask and to bring."""

    asks_about = ("activity", "purpose", "learn_ask", "bring_share")

    class Meta:
        model = ShadowingVisit
        fields = [
            "kind",
            "activity",
            "host",
            "contact",
            "with_whom",
            "contact_information",
            "planned_for",
            "purpose",
            "learn_ask",
            "bring_share",
        ]
        field_classes = {"planned_for": DayField}
        labels = {
            "activity": _("What you will see or talk about"),
            "host": _("A colleague"),
            "contact": _("Or a contact of your agency"),
            "with_whom": _("Or somebody else: name and role"),
            "contact_information": _("Contact information"),
            "planned_for": _("When"),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "activity": forms.TextInput(attrs={"list": "activities"}),
            "purpose": SHORT,
            "learn_ask": SHORT,
            "bring_share": SHORT,
        }

    def __init__(
        self, *args: Any, staff_member: StaffMember, is_own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        here = StaffMember.objects.employed(today).filter(agency=staff_member.agency_id)
        colleagues = Person.objects.filter(pk__in=here.values("person"))
        self.fields["host"].queryset = colleagues.exclude(
            pk=staff_member.person_id
        ).order_by("full_name")
        self.fields["host"].empty_label = _("Nobody from here")
        self.fields["contact"].queryset = Contact.objects.filter(
            agency=staff_member.agency_id
        )
        self.fields["contact"].empty_label = _("None of the list")
        if not is_own:
            self.fields["kind"].choices = [
                choice
                for choice in ShadowingVisit.Kind.choices
                if choice[0] != ShadowingVisit.Kind.OBSERVED
            ]
        for name in ("activity", "purpose", "learn_ask", "bring_share"):
            self.fields[name].help_text = STAFF_ONLY
        self.fields["learn_ask"].help_text = _(
            "Such as questions, how things are done, what works well. Staff and "
            "partners only. No family names, streets, ages or stories."
        )
        self.fields["bring_share"].help_text = _(
            "Such as a few words on yourself, business cards, flyers. Staff and "
            "partners only. No family names, streets, ages or stories."
        )

    def names_known(self) -> Iterable[str]:
        told = self.cleaned_data
        return [str(told.get(name) or "") for name in ("with_whom", "contact")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("host") and cleaned.get("contact"):
            self.add_error("contact", _("Choose one: a colleague, or a contact."))
        if not any(cleaned.get(name) for name in ("host", "contact", "with_whom")):
            self.add_error("with_whom", _("Say whom you will meet, by name or role."))
        return cleaned

    def save(self, commit: bool = True) -> ShadowingVisit:  # noqa: FBT001, FBT002
        """A contact's name and number stay on the visit when the contact goes."""
        contact, visit = self.cleaned_data["contact"], self.instance
        if contact:
            visit.with_whom = visit.with_whom or str(contact)[:300]
            reach = contact.reach[:300]
            visit.contact_information = visit.contact_information or reach
        return super().save(commit)


class VisitNotesForm(AsksAboutIdentifiers, forms.ModelForm):
    """It took place: day, minutes, what was learned, how it goes on."""

    asks_about = ("notes", "follow_up")

    happened_on = DayField(label=_("When was it?"))
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=ShadowingVisit.LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = ShadowingVisit
        fields = [
            "happened_on",
            "minutes",
            "notes",
            "follow_up",
            "talk_on",
            "was_feedback_shared",
        ]
        field_classes = {"talk_on": DayField}
        labels = {
            "talk_on": _("When will the two of you talk it over?"),
            "was_feedback_shared": _("Was feedback shared verbally?"),
        }
        widgets = {
            "notes": LONG,
            "follow_up": SHORT,
            "was_feedback_shared": forms.Select(
                choices=[("", _("Not said")), ("true", _("Yes")), ("false", _("No"))]
            ),
        }
        help_texts = {
            "notes": STAFF_ONLY,
            "follow_up": STAFF_ONLY,
            "was_feedback_shared": _("Only that it was. What was said stays said."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_observed:
            del self.fields["was_feedback_shared"]

    def names_known(self) -> Iterable[str]:
        return [self.instance.with_whom, str(self.instance.contact or "")]

    def clean_happened_on(self) -> datetime.date:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("That day is still to come. Note it when you have been there.")
            )
        return day


class VisitTaskForm(AsksAboutIdentifiers, forms.ModelForm):
    asks_about = ("text",)
    owner = forms.TypedChoiceField(label=_("Who"), coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = VisitTask
        fields = ["text", "due_on"]
        field_classes = {"due_on": DayField}
        help_texts = {"text": STAFF_ONLY}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}

    field_order = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(each.pk, str(each)) for each in people]
        self.fields["owner"].initial = people[0].pk

    def names_known(self) -> Iterable[str]:
        return [self.instance.visit.with_whom]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.owner_id = cleaned.get("owner")
        return cleaned


class SeenForm(forms.Form):
    """What a host saw of a visit when they confirmed it."""

    day = forms.DateField()
    minutes = forms.IntegerField(min_value=1)


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ["name", "role", "organization", "phone", "email"]
        help_texts = {
            "name": _(
                "People at work alone: what they would print on a business card."
            ),
        }
