import hashlib
import json
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from competencies.models import Training
from content.blocks import Sections
from lms import policy
from lms.models import Reader


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


class ModulePageQuerySet(PageQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Published modules; a partner reads those that are open to partners."""
        standing = policy.relations_to_program(user)
        if policy.scopes("module", "view", standing, "published"):
            return self.live()
        if policy.scopes("module", "view", standing, "published and open"):
            return self.live().filter(is_open_to_partners=True)
        return self.none()


class ModulePage(Page):
    """A module to read and answer. It points at its training: many pages may."""

    training = models.ForeignKey(
        Training,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("training"),
        help_text=_("What finishing it counts as; the training says which topics."),
    )
    summary = models.TextField(_("summary"), blank=True)
    objectives = models.TextField(
        _("objectives"), blank=True, help_text=_("One a line, each begins with a verb.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    sections = StreamField(Sections(), verbose_name=_("sections"))
    completion_message = models.TextField(_("words at the end"), blank=True)
    is_open_to_partners = models.BooleanField(_("open to partners"), default=False)
    reviewed_by = models.CharField(
        _("reviewed by"),
        max_length=100,
        blank=True,
        help_text=_(
            "Somebody with lived experience who has read it. Until then every page "
            "says that it is not yet reviewed."
        ),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(ModulePageQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("training"),
        HelpPanel(
            heading=_("Topics taught"),
            template="lms_content/includes/topics_taught.html",
        ),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("objectives"), FieldPanel("minutes")], heading=_("At a glance")
        ),
        FieldPanel("sections"),
        FieldPanel("completion_message"),
        MultiFieldPanel(
            [FieldPanel("reviewed_by"), FieldPanel("reviewed_on")],
            heading=_("Review by people with lived experience"),
        ),
        FieldPanel("is_open_to_partners"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("sections"),
        index.FilterField("is_open_to_partners"),
    ]
    subpage_types: list = []
    parent_page_types = ["lms_content.CurriculumPage"]
    preview_modes = [("", _("Whole module"))]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("lms_content:module", self.pk)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return render(request, "lms_content/module_print.html", {"page": self})

    def clean(self) -> None:
        super().clean()
        if bool(self.reviewed_by) != bool(self.reviewed_on):
            raise ValidationError(
                {"reviewed_on": _("A review has a name and a day: enter both.")}
            )

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by and self.reviewed_on)

    @property
    def objective_list(self) -> list[str]:
        return [line.strip() for line in self.objectives.splitlines() if line.strip()]

    def content_hash(self) -> str:
        """A SHA-256 of what is taught: title, objectives and every section."""
        told = [self.title, self.objective_list, list(self.sections.raw_data)]
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
