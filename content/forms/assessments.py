from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import AssessmentAnswer


class AnswerForm(forms.ModelForm):
    """What a team says about one area. Somebody else may write at the same time: then
    neither text is lost."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = AssessmentAnswer
        fields = ["level", "words"]
        labels = {
            "level": _("Where are we?"),
            "words": _("What shows it, and what would we like to change?"),
        }
        widgets = {
            "level": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].initial = self.instance.version
        self.fields["level"].choices = AssessmentAnswer.Level.choices

    def keep(self) -> bool:
        """Save what was changed, or say what somebody else wrote meanwhile."""
        if not set(self.changed_data) - {"after"}:
            return True
        said = self.cleaned_data
        if self.instance.say(
            level=said["level"], words=said["words"], after=said["after"]
        ):
            return True
        now = AssessmentAnswer.objects.get(pk=self.instance.pk)
        self.add_error(
            "words",
            _(
                "Somebody else wrote here meanwhile: “%(words)s” (%(level)s). Yours is "
                "still below: put the two together, and save again."
            )
            % {"words": now.words, "level": now.get_level_display() or "–"},
        )
        self.data = {**self.data.dict(), self.add_prefix("after"): str(now.version)}
        return False
