"""The forms of the plan builder."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import (
    ChecklistEntry,
    Obligation,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    StaffPlan,
    Topic,
    Unit,
)
from competencies.rules import Offset, add
from competencies.rules.versions import SOME_DAY
from lms.models import Agency, StaffMember

MOST = {Unit.MONTHS: 120, Unit.DAYS: 3650}
BLANK_ROWS = 2


class PhaseForm(forms.ModelForm):
    class Meta:
        model = Phase
        fields = ["title", "short_title"]
        help_texts = {
            "title": _("As it stands above its topics."),
            "short_title": _("A word or two for narrow places."),
        }


class ChecklistEntryForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=ChecklistEntry.Kind,
        initial=ChecklistEntry.Kind.ACTIVITY,
    )

    class Meta:
        model = ChecklistEntry
        fields = ["title", "hint", "kind"]
        labels = {
            "title": _("What to do, or whom to get to know"),
            "hint": _("A hint"),
        }
        help_texts = {
            "title": _("As everyone will read it on their plan."),
            "hint": _("What helps: where, with whom, how."),
        }


class TopicForm(forms.Form):
    """A topic the catalog has, or a new one."""

    topic = forms.ModelChoiceField(
        label=_("Topic from the catalog"),
        queryset=Topic.objects.none(),
        required=False,
        help_text=_("Only topics that this version does not have yet."),
    )
    title = forms.CharField(
        label=_("Or a new topic"),
        max_length=200,
        required=False,
        help_text=_("Its title, as everyone will read it on their plan."),
    )
    phase = forms.ModelChoiceField(
        label=_("Phase"), queryset=Phase.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, version: PlanVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = version.requirements.values("topic")
        self.fields["topic"].queryset = Topic.objects.exclude(pk__in=here)
        self.fields["phase"].queryset = version.phases.order_by("order")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        topic, title = cleaned.get("topic"), cleaned.get("title")
        if topic and title:
            self.add_error("title", _("Choose a topic or name a new one, not both."))
        elif not topic and not title and not self.errors:
            self.add_error("topic", _("Choose a topic, or name a new one below."))
        elif title and Topic.objects.filter(title__iexact=title).exists():
            self.add_error(
                "title", _("The catalog has a topic of that name: choose it above.")
            )
        return cleaned


class RequirementForm(forms.ModelForm):
    class Meta:
        model = Requirement
        fields = [
            "firmness",
            "is_signed",
            "is_before_families",
            "renewal_count",
            "renewal_unit",
            "yearly_month",
            "yearly_day",
            "yearly_spares_days",
            "first_from",
            "renewal_notice_days",
            "note",
        ]
        labels = {
            "firmness": _("How firm is the date?"),
            "is_signed": _("The supervisor signs it"),
            "is_before_families": _("Part of “before you meet families on your own”"),
            "renewal_count": _("To renew every"),
            "renewal_unit": _("Days or months"),
            "yearly_month": _("Or by a fixed day each year: the month"),
            "yearly_day": _("The day of that month"),
            "yearly_spares_days": _("Not asked of people hired that few days before"),
            "first_from": _("The first date is"),
            "renewal_notice_days": _("People see it that many days before"),
            "note": _("Why it stands here as it does"),
        }
        help_texts = {
            "firmness": _(
                "An aim is a wish: once it has passed, the two pick a new date. Only a "
                "deadline, such as one set by law, can be late."
            ),
            "renewal_count": _("Leave empty if it is taken once."),
            "note": _("For whoever edits this plan. Staff do not see it."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def clean_renewal_count(self) -> int | None:
        count = self.cleaned_data["renewal_count"]
        if count == 0:
            raise ValidationError(_("Leave it empty if it is taken once."))
        return count

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _check_span(self, "renewal_count", "renewal_unit")
        return cleaned


def _check_span(form: forms.BaseForm, count: str, unit: str) -> Offset | None:
    """The time that was typed, or an error next to it."""
    number, kind = form.cleaned_data.get(count), form.cleaned_data.get(unit)
    if number is None or kind is None:
        return None
    if not 1 <= number <= MOST[kind]:
        told = {"most": MOST[kind], "unit": Unit(kind).label}
        form.add_error(count, _("Choose 1 to %(most)d %(unit)s.") % told)
        return None
    return Offset(number, kind)


class AudienceForm(forms.ModelForm):
    """One row: who, how firmly, how much of it, by when."""

    class Meta:
        model = RequirementAudience
        fields = [
            "role",
            "obligation",
            "portion",
            "offset_count",
            "offset_unit",
            "aim_count",
            "aim_unit",
        ]
        labels = {
            "role": _("For whom"),
            "obligation": _("Required or recommended"),
            "portion": _("How much of it"),
            "offset_count": _("Within"),
            "offset_unit": _("Days or months"),
            "aim_count": _("Ideally within"),
            "aim_unit": _("Days or months"),
        }
        help_texts = {
            "role": "",
            "offset_count": _(
                "From hire, or from taking up the role if that is later."
            ),
            "aim_count": _("Only where a deadline has an earlier aim."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].empty_label = _("everyone")
        self.fields["offset_count"].required = False
        self.fields["offset_unit"].initial = Unit.MONTHS
        self.fields["obligation"].initial = Obligation.REQUIRED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("obligation") == Obligation.RECOMMENDED:
            # What is recommended has no date; the columns hold one all the same.
            cleaned.update(offset_count=1, offset_unit=Unit.MONTHS, aim_count=None)
            return cleaned
        if cleaned.get("offset_count") is None and "offset_count" not in self.errors:
            self.add_error("offset_count", _("Say by when it is required."))
        within = _check_span(self, "offset_count", "offset_unit")
        aim = _check_span(self, "aim_count", "aim_unit")
        if within and aim and add(SOME_DAY, aim) >= add(SOME_DAY, within):
            self.add_error("aim_count", _("The aim lies before the date itself."))
        return cleaned


class BaseAudienceFormSet(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this row away")

    def clean(self) -> None:
        """Each role once in each way, told in the row that says it again."""
        seen = set()
        for form in self.kept:
            row = form.cleaned_data
            key = (row.get("role"), row.get("obligation"))
            if key in seen:
                form.add_error("role", _("Another row says that of them already."))
            seen.add(key)

    @property
    def kept(self) -> list[AudienceForm]:
        return [
            form
            for form in self.forms
            if form.has_changed() or not form.empty_permitted
            if not self._should_delete_form(form)
        ]

    @property
    def rows(self) -> list[RequirementAudience]:
        return [form.instance for form in self.kept]


AudienceFormSet = forms.formset_factory(
    AudienceForm,
    formset=BaseAudienceFormSet,
    extra=BLANK_ROWS,
    can_delete=True,
    max_num=30,
    absolute_max=30,
)


class PlaceForm(forms.Form):
    """Where a topic was dropped."""

    phase = forms.ModelChoiceField(queryset=Phase.objects.none())
    position = forms.IntegerField(min_value=0, max_value=1000)

    def __init__(self, *args: Any, version: PlanVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = version.phases.all()


class StepForm(forms.Form):
    by_places = forms.TypedChoiceField(choices=[("-1", ""), ("1", "")], coerce=int)


class WhomForm(forms.Form):
    """Whose plans are to follow a version; nobody is listed by name."""

    whom = forms.ChoiceField(
        label=_("Whose plans?"),
        widget=forms.RadioSelect,
        choices=[
            ("everyone", _("Everyone who follows another version")),
            ("agency", _("Everyone of one agency")),
            ("person", _("One person")),
        ],
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.all(), required=False
    )
    person = forms.CharField(
        label=_("Work e-mail of that person"),
        max_length=254,
        required=False,
        help_text=_("As it stands in their agency’s staff list."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        whom = cleaned.get("whom")
        if whom == "agency" and not cleaned.get("agency"):
            self.add_error("agency", _("Choose the agency."))
        if whom == "person" and not cleaned.get("person"):
            self.add_error("person", _("Write the address."))
        return cleaned

    @property
    def is_everyone(self) -> bool:
        return self.cleaned_data["whom"] == "everyone"

    def plans(
        self, version: PlanVersion, on: datetime.date | None = None
    ) -> QuerySet[StaffPlan]:
        """Those plans, as far as they can be moved to that version."""
        plans = StaffPlan.objects.movable_to(version, on or timezone.localdate())
        whom = self.cleaned_data["whom"]
        if whom == "agency":
            staff = StaffMember.objects.filter(agency=self.cleaned_data["agency"])
            return plans.filter(staff_member__in=staff)
        if whom == "person":
            address = self.cleaned_data["person"].strip()
            return plans.filter(person__email__iexact=address)
        return plans
