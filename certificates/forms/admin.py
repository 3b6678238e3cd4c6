"""Forms of the Wagtail admin, where the training team writes awards and designs."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from certificates.models import Award, Design
from certificates.pdf import Face
from certificates.rules import MOST_SIGNERS, Rule, UnfitPicture, picture, signers_of
from competencies.models import Phase, made_here
from lms.conf import conf as hub
from lms.pdf import cannot_be_set
from lms.registry import all_measures

SAMPLE_NAME = "Ana Maria Évora Gonçalves"
SAMPLE_SIGNERS = "Ana Lima, Program Lead\nBo Nguyễn, Training"
PICTURES = {
    "logo": _("Logo"),
    "first_signature": _("First signature"),
    "second_signature": _("Second signature"),
}
NEEDED = {
    Award.By.PHASE: ["phase"],
    Award.By.PLAN: ["plan"],
    Award.By.TOPICS: ["topics"],
    Award.By.MEASURE: ["measure", "at_least"],
    Award.By.HAND: [],
}


class AwardForm(WagtailAdminModelForm):
    sample_name = forms.CharField(
        label=_("Name on the sample"),
        initial=SAMPLE_NAME,
        required=False,
        max_length=90,
    )

    class Meta:
        model = Award
        fields = [
            "title",
            "earned_by",
            "phase",
            "plan",
            "topics",
            "measure",
            "at_least",
            "valid_months",
            "is_renewed",
            "issuer",
            "signers",
            "design",
            "is_active",
        ]
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "signers": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earned_by"].required = False
        self._choose("phase", self._phases())
        self._choose(
            "measure", {each.key: each.label for each in all_measures().values()}
        )

    def _phases(self) -> dict[str, str]:
        phases = Phase.objects.order_by("version__number", "order")
        return dict(phases.values_list("key", "title"))

    def _choose(self, name: str, titles: dict[str, str]) -> None:
        """One of what there is, or what was chosen when it still was."""
        if now := getattr(self.instance, name):
            titles.setdefault(now, now)
        known = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            label=known.label,
            help_text=known.help_text,
            required=False,
            choices=[("", "–"), *titles.items()],
        )

    def clean_earned_by(self) -> str:
        return self.cleaned_data["earned_by"] or Award.By.PHASE

    def clean_title(self) -> str:
        refuse_boxes(self.cleaned_data["title"])
        return self.cleaned_data["title"]

    def clean_issuer(self) -> str:
        refuse_boxes(self.cleaned_data["issuer"])
        return self.cleaned_data["issuer"]

    def clean_signers(self) -> str:
        refuse_boxes("".join(self.cleaned_data["signers"].splitlines()))
        if len(signers_of(self.cleaned_data["signers"])) > MOST_SIGNERS:
            raise ValidationError(_("There is room for two. Please leave some out."))
        return self.cleaned_data["signers"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in NEEDED.get(cleaned.get("earned_by"), []):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, _("Please choose what earns it."))
        if (cleaned.get("at_least") or 1) <= 0:
            self.add_error("at_least", _("Please give an amount above nothing."))
        return cleaned

    def save(self, *args: Any, **kwargs: Any) -> Award:
        self.instance.key = self.instance.key or made_here()
        return super().save(*args, **kwargs)

    def rule(self) -> Rule:
        """As it stands in the form, saved or not."""
        told = self.cleaned_data
        plan = told["plan"]
        return Rule(
            earned_by=told["earned_by"],
            phase=told["phase"],
            plan=plan.pk if plan else None,
            topics=frozenset(topic.pk for topic in told["topics"]),
            measure=told["measure"],
            at_least=told["at_least"],
            is_renewed=told["is_renewed"],
            award=self.instance.pk,
        )

    def sample(self, on: datetime.date) -> Face:
        told = self.cleaned_data
        return Face(
            name=told["sample_name"] or SAMPLE_NAME,
            title=told["title"],
            issuer=told["issuer"] or hub.program_name,
            issued_on=on,
            number=gettext("sample"),
            verify_url=f"{hub.base_url}/verify/",
            signatures=signers_of(told["signers"]),
        )


class DesignForm(WagtailAdminModelForm):
    sample_name = forms.CharField(
        label=_("Name on the sample"),
        initial=SAMPLE_NAME,
        required=False,
        max_length=90,
    )

    class Meta:
        model = Design
        fields = [
            "title",
            "paper",
            "language",
            "first_line",
            "second_line",
            "has_completed",
        ]
        widgets = {
            "first_line": forms.TextInput(attrs={"type": "color"}),
            "second_line": forms.TextInput(attrs={"type": "color"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in PICTURES.items():
            self.fields[f"{name}_file"] = forms.FileField(
                label=label,
                required=False,
                help_text=_("SVG of plain shapes, or PNG; 200 KB at most."),
                widget=forms.FileInput(attrs={"accept": "image/svg+xml,image/png"}),
            )
            if getattr(self.instance, name):
                self.fields[f"{name}_goes"] = forms.BooleanField(
                    label=_("Take this picture off: %(picture)s") % {"picture": label},
                    required=False,
                )

    def clean_has_completed(self) -> str:
        refuse_boxes(self.cleaned_data["has_completed"])
        return self.cleaned_data["has_completed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, drawn in self._pictures(cleaned):
            setattr(self.instance, name, drawn)
        return cleaned

    def _pictures(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Those that change; a file that cannot stand on a page is told of."""
        for name in PICTURES:
            if file := cleaned.get(f"{name}_file"):
                try:
                    yield name, picture(file.read())
                except UnfitPicture as unfit:
                    self.add_error(f"{name}_file", str(unfit))
            elif cleaned.get(f"{name}_goes"):
                yield name, ""

    def sample(self, on: datetime.date) -> Face:
        """Of the design as it stands in the form, with a validity and two signers."""
        return Face(
            name=self.cleaned_data["sample_name"] or SAMPLE_NAME,
            title=gettext("Foundations of Family Support"),
            issuer=hub.program_name,
            issued_on=on,
            expires_on=on.replace(year=on.year + 1, day=min(on.day, 28)),
            number=gettext("sample"),
            verify_url=f"{hub.base_url}/verify/",
            signatures=signers_of(SAMPLE_SIGNERS),
        )


def refuse_boxes(text: str) -> None:
    """Raise where a page would print a box instead of a letter."""
    if missing := [*cannot_be_set(text), *cannot_be_set(text, "sans")]:
        raise ValidationError(
            _("A certificate cannot set these characters: %(characters)s"),
            params={"characters": " ".join(dict.fromkeys(missing))},
        )
