from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from competencies.models import Phase, made_here

from .models import Award


class AwardForm(WagtailAdminModelForm):
    class Meta:
        model = Award
        fields = ["title", "phase", "issuer", "valid_months", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = Phase.objects.order_by("version__number", "order")
        titles = dict(phases.values_list("key", "title"))
        if self.instance.phase:
            titles.setdefault(self.instance.phase, self.instance.phase)
        known = self.fields["phase"]
        self.fields["phase"] = forms.ChoiceField(
            label=known.label, help_text=known.help_text, choices=list(titles.items())
        )

    def save(self, *args: Any, **kwargs: Any) -> Award:
        self.instance.key = self.instance.key or made_here()
        return super().save(*args, **kwargs)


class AwardViewSet(ModelViewSet):
    model = Award
    icon = "pick"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "phase", "is_active"]

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return AwardForm
