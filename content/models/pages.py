from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class LearningIndexPage(Page):
    """The root of all learning content."""

    max_count = 1
    subpage_types = ["lms_content.CurriculumPage"]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("learning")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("lms_content:learn")


class CurriculumPage(Page):
    """A chapter: modules in an order that makes sense to read."""

    number = models.CharField(_("number"), max_length=10, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("number"),
        FieldPanel("summary"),
    ]
    subpage_types = ["lms_content.ModulePage"]
    parent_page_types = ["lms_content.LearningIndexPage"]

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("lms_content:learn")
