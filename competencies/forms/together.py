import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import PlanReview, StaffPlan
from lms.forms import AsksAboutIdentifiers, DayField
from lms.models import Role


class NearestTemplateForm(forms.Form):
    """Which role's lines a plan starts from, where the template has none for it."""

    role = forms.ModelChoiceField(
        queryset=Role.objects.none(),
        required=False,
        label=_("Nearest role"),
        empty_label=_("None: only what everyone takes"),
    )

    def __init__(self, *args: Any, plan: StaffPlan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": plan.starts_from_id}, **kwargs)
        self.fields["role"].queryset = plan.version.roles().filter(kind=Role.Kind.IS)


class FirstDayForm(forms.Form):
    """The day the two agreed on in their talk, as one of them names it."""

    first_day = DayField(label=_("The first day"))

    def __init__(
        self, *args: Any, hired_on: datetime.date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hired_on = hired_on

    def clean_first_day(self) -> datetime.date:
        first_day = self.cleaned_data["first_day"]
        if self.hired_on and first_day < self.hired_on:
            raise forms.ValidationError(
                _("That is before the first day of work. Please check the date.")
            )
        return first_day


class VisitsForm(forms.Form):
    count = forms.IntegerField(
        label=_("Visits together so far"), min_value=0, max_value=999
    )


class PlanReviewForm(AsksAboutIdentifiers, forms.ModelForm):
    asks_about = ("looked_at",)

    class Meta:
        model = PlanReview
        fields = ["held_on", "looked_at", "next_on"]
        field_classes = {"held_on": DayField, "next_on": DayField}
        widgets = {"looked_at": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "held_on": _("When did you look at the plan?"),
            "looked_at": _("What did you look at?"),
            "next_on": _("When will you look again?"),
        }
        help_texts = {
            "looked_at": _(
                "What is going well, what you put first. No participant names or "
                "details. The two of you read this, and whoever stands in."
            ),
        }

    def clean_held_on(self) -> datetime.date:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        held_on, next_on = cleaned.get("held_on"), cleaned.get("next_on")
        if held_on and next_on and next_on <= held_on:
            self.add_error("next_on", _("Choose a day after the one you looked at it."))
        return cleaned


class PerformanceReviewForm(forms.ModelForm):
    class Meta:
        model = StaffPlan
        fields = ["performance_review_on"]
        field_classes = {"performance_review_on": DayField}
        labels = {"performance_review_on": _("Date of the yearly review")}
