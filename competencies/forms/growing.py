from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, DevelopmentGoal, GoalStep, SkillRating
from lms.forms import DayField

WORDS = ["specific", "measurable", "achievable", "relevant", "inclusive", "equitable"]


class DevelopmentGoalForm(forms.ModelForm):
    """Seven questions to talk about; only the goal itself has to be written."""

    class Meta:
        model = DevelopmentGoal
        fields = [
            "goal",
            "specific",
            "measurable",
            "achievable",
            "relevant",
            "aim_on",
            "inclusive",
            "equitable",
        ]
        field_classes = {"aim_on": DayField}
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in WORDS}
        labels = {
            "goal": _("The goal, in your own words"),
            "specific": _("Specific"),
            "measurable": _("Measurable"),
            "achievable": _("Achievable"),
            "relevant": _("Relevant"),
            "aim_on": _("Time-bound"),
            "inclusive": _("Inclusive"),
            "equitable": _("Equitable"),
        }
        help_texts = {
            "goal": _("The two of you read this, nobody else. No participant names."),
            "specific": _("What exactly will be different?"),
            "measurable": _("How will you both notice?"),
            "achievable": _("What makes it possible: time, money, people?"),
            "relevant": _("Why this, and why now?"),
            "aim_on": _("By when would you like to be there?"),
            "inclusive": _("Who should have a say in it?"),
            "equitable": _("How does it make things fairer, and burden nobody?"),
        }


class GoalStepForm(forms.ModelForm):
    class Meta:
        model = GoalStep
        fields = ["step"]
        labels = {"step": _("Next step")}


class SkillsForm(forms.Form):
    """A level for each skill; what is left out says nothing."""

    def __init__(self, *args: Any, skills: Iterable[Competency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skills = {f"skill-{each.pk}": each for each in skills if each.is_skill}
        for name, skill in self.skills.items():
            self.fields[name] = forms.TypedChoiceField(
                label=skill.title,
                help_text=skill.description,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Not today")), *SkillRating.Level.choices],
                widget=forms.RadioSelect,
            )

    def levels(self) -> dict[Competency, int]:
        return {
            skill: self.cleaned_data[name]
            for name, skill in self.skills.items()
            if self.cleaned_data[name] is not None
        }
