import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from certificates.rules import MOST_SIGNERS, Rule, names_among, signers_of
from competencies.models import Phase, made_here
from lms.conf import conf as hub
from lms.models import Agency, Role
from lms.registry import all_measures

from .models import Award, earned, not_yet_issued
from .pdf import Face, NameCannotBeSet, render_certificate

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
        initial="Ana Maria Évora Gonçalves",
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

    def clean_signers(self) -> str:
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
            name=told["sample_name"] or self.fields["sample_name"].initial,
            title=told["title"],
            issuer=told["issuer"] or hub.program_name,
            issued_on=on,
            number=gettext("sample"),
            verify_url=f"{hub.base_url}/verify/",
            signatures=signers_of(told["signers"]),
        )


class _LooksFirst:
    """Two more buttons: how many would earn it today, and what it would look like.
    Both take what is in the form, and save nothing."""

    request: HttpRequest

    def form_valid(self, form: AwardForm) -> HttpResponse:
        self.form = form
        look = self.request.POST.get("look")
        if look == "count":
            return self._count(form)
        if look == "sample":
            return self._sample(form)
        self._warn_of_names(form.cleaned_data["title"])
        return super().form_valid(form)

    def _count(self, form: AwardForm) -> HttpResponse:
        rule = form.rule()
        number = len(not_yet_issued(rule, earned(rule, timezone.localdate())))
        told = ngettext(
            "%(number)d certificate would be earned by this today. Nothing is saved.",
            "%(number)d certificates would be earned by this today. Nothing is saved.",
            number,
        )
        messages.info(self.request, told % {"number": number})
        return self.render_to_response(self.get_context_data())

    def _sample(self, form: AwardForm) -> HttpResponse:
        try:
            content = render_certificate(form.sample(timezone.localdate()))
        except NameCannotBeSet as refusal:
            form.add_error("sample_name", str(refusal))
            return self.render_to_response(self.get_context_data())
        return HttpResponse(content, content_type="application/pdf")

    def _warn_of_names(self, title: str) -> None:
        roles = Role.objects.values_list("title", "abbreviation")
        words = [word for role in roles for word in role]
        words += Agency.objects.values_list("name", flat=True)
        if found := names_among(title, words):
            told = gettext(
                "The title names %(names)s. Whoever sees the certificate learns what "
                "its holder's work is, and that can disclose a health condition. "
                "Please choose a title that any wall could bear."
            )
            messages.warning(self.request, told % {"names": ", ".join(found)})


class AwardCreateView(_LooksFirst, CreateView):
    pass


class AwardEditView(_LooksFirst, EditView):
    pass


class AwardViewSet(ModelViewSet):
    model = Award
    icon = "pick"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "earned_by", "is_active"]
    add_view_class = AwardCreateView
    edit_view_class = AwardEditView
    create_template_name = "lms_certificates/admin/award_create.html"
    edit_template_name = "lms_certificates/admin/award_edit.html"

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return AwardForm
