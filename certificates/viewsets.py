from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from lms.models import Agency, Role

from .forms import AwardForm, DesignForm
from .models import Award, Design, earned, not_yet_issued
from .pdf import NameCannotBeSet, render_certificate
from .rules import Style, names_among


class _LooksFirst:
    """A sample of what is in the form, drawn in a frame beside it. Saves nothing."""

    request: HttpRequest

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        self.form = form
        if self.request.POST.get("look") == "sample":
            return self._sample(form)
        return super().form_valid(form)

    def _sample(self, form: forms.ModelForm) -> HttpResponse:
        try:
            content = render_certificate(
                form.sample(timezone.localdate()), self.style_of(form)
            )
        except NameCannotBeSet as refusal:
            form.add_error("sample_name", str(refusal))
            return self.render_to_response(self.get_context_data())
        return HttpResponse(content, content_type="application/pdf")

    def style_of(self, form: forms.ModelForm) -> Style:
        return form.instance.style()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "counts": False}


class _CountsFirst(_LooksFirst):
    """Tells also how many would earn the award today."""

    def form_valid(self, form: AwardForm) -> HttpResponse:
        if self.request.POST.get("look") == "count":
            return self._count(form)
        if "look" not in self.request.POST:
            self._warn_of_names(form.cleaned_data["title"])
        return super().form_valid(form)

    def _count(self, form: AwardForm) -> HttpResponse:
        self.form = form
        rule = form.rule()
        number = len(not_yet_issued(rule, earned(rule, timezone.localdate())))
        told = ngettext(
            "%(number)d certificate would be earned by this today. Nothing is saved.",
            "%(number)d certificates would be earned by this today. Nothing is saved.",
            number,
        )
        messages.info(self.request, told % {"number": number})
        return self.render_to_response(self.get_context_data())

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "counts": True}


class AwardCreateView(_CountsFirst, CreateView):
    pass


class AwardEditView(_CountsFirst, EditView):
    pass


class DesignCreateView(_LooksFirst, CreateView):
    pass


class DesignEditView(_LooksFirst, EditView):
    pass


class AwardViewSet(ModelViewSet):
    model = Award
    icon = "pick"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "earned_by", "is_active"]
    add_view_class = AwardCreateView
    edit_view_class = AwardEditView
    create_template_name = "lms_certificates/admin/create.html"
    edit_template_name = "lms_certificates/admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return AwardForm


class DesignViewSet(ModelViewSet):
    """Editing a design changes what is issued from then on, never what was."""

    model = Design
    icon = "image"
    menu_hook = "register_lms_admin_menu_item"
    list_display = ["title", "paper", "language"]
    add_view_class = DesignCreateView
    edit_view_class = DesignEditView
    create_template_name = "lms_certificates/admin/create.html"
    edit_template_name = "lms_certificates/admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:  # noqa: FBT001, FBT002  (Wagtail's)
        return DesignForm
