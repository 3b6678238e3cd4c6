from typing import Any

from django.db import transaction
from django.forms import ModelChoiceField, URLField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from lms.models import Access, Person, accesses_in_force

from .actions import tell_of_change
from .models import LiveTraining

TOLD = {"starts_at", "ends_at", "time_zone", "place", "online_url", "capacity"}


def hosts() -> Any:
    """Whoever is of the training team today, or teaches already."""
    team = accesses_in_force(timezone.localdate()).filter(kind=Access.Kind.TTA)
    hosting = LiveTraining.objects.values("host")
    return Person.objects.filter(pk__in=team.values("person")) | Person.objects.filter(
        pk__in=hosting
    )


class LiveTrainingForm(WagtailAdminModelForm):
    online_url = URLField(
        required=False, assume_scheme="https", label=_("Address online")
    )
    host = ModelChoiceField(queryset=Person.objects.none(), label=_("Host"))

    class Meta:
        model = LiveTraining
        fields = [
            *("training", "host", "starts_at", "ends_at", "time_zone", "place"),
            *("online_url", "note", "capacity", "minutes_to_count", "materials"),
            "is_open_to_partners",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts()


class LiveTrainingEditView(EditView):
    @transaction.atomic
    def save_instance(self) -> LiveTraining:
        """Whoever has a seat is told of what a calendar shows."""
        saved = super().save_instance()
        if TOLD & set(self.form.changed_data) and saved.cancelled_at is None:
            person = Person.of(self.request.user)
            tell_of_change(live=saved, by=person, at=timezone.now())
        return saved


class LiveTrainingViewSet(ModelViewSet):
    """The schedule. Who registered is seen by the host alone, on the site."""

    model = LiveTraining
    icon = "date"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["training", "starts_at", "place", "capacity"]
    edit_view_class = LiveTrainingEditView

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return LiveTrainingForm
