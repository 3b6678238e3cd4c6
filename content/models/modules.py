import datetime
import hashlib
import json
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from competencies.models import Requirement, Training
from content.blocks import Sections
from content.conf import conf
from content.language import lines, plain, texts_in
from lms import policy
from lms.models import Reader, Role

from .module_panels import MODULE_PANELS


class ModulePageQuerySet(PageQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Published modules; a partner reads those that are open to partners."""
        standing = policy.relations_to_program(user)
        published = self.live() if conf.shows_uncleared_law else self.live().cleared()
        if policy.scopes("module", "view", standing, "published"):
            return published
        if policy.scopes("module", "view", standing, "published and open"):
            return published.filter(is_open_to_partners=True)
        return self.none()

    def cleared(self) -> Self:
        """Those that rest on no law, or on law the training team has looked at."""
        return self.exclude(rests_on_law=True, law_cleared_on=None)


class ModulePage(Page):
    """A module to read and answer. It points at its training: many pages may.

    One that is done together is read aloud in a group: nobody's progress is kept, and
    it counts as nothing.
    """

    class Retake(models.TextChoices):
        NO = "no", _("No: what was finished stays finished")
        OPTIONAL = "optional", _("It is offered to those who have finished it")
        YES = "yes", _("Yes: it is asked of those who have finished it")

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
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=10,
        help_text=_("Beside the text stands how many its length comes to."),
    )
    sections = StreamField(Sections(), verbose_name=_("sections"))
    key_points = models.TextField(
        _("key points"),
        blank=True,
        help_text=_("What to remember, one sentence a line; three to five."),
    )
    next_steps = models.TextField(
        _("next steps with the supervisor"),
        blank=True,
        help_text=_("What to do together, one a line; two to four."),
    )
    completion_message = models.TextField(_("words at the end"), blank=True)
    is_heavy = models.BooleanField(
        _("heavy"),
        default=False,
        help_text=_(
            "About removal, overdose or violence: it opens with “You can pause, or do "
            "this with your supervisor”."
        ),
    )
    is_done_together = models.BooleanField(
        _("done together"),
        default=False,
        help_text=_("A group reads it aloud. Nothing is kept of it, about anybody."),
    )
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
    rests_on_law = models.BooleanField(
        _("rests on law"),
        default=False,
        help_text=_("Nobody reads it until somebody has looked at that law again."),
    )
    law_cleared_by = models.CharField(_("law looked at by"), max_length=100, blank=True)
    law_cleared_on = models.DateField(_("law looked at on"), null=True, blank=True)
    retake = models.CharField(
        _("Must people retake it?"),
        max_length=10,
        choices=Retake,
        default=Retake.NO,
        help_text=_("Asked each time you publish, and answered for that time alone."),
    )
    retake_from = models.DateField(_("from"), null=True, blank=True)
    retake_months = models.PositiveSmallIntegerField(
        _("within how many months"), default=3, validators=[MinValueValidator(1)]
    )
    retake_roles = ParentalManyToManyField(
        Role,
        blank=True,
        related_name="+",
        verbose_name=_("of which roles"),
        help_text=_("None: of everyone who has finished it."),
    )
    retake_because = models.CharField(_("what has changed"), max_length=300, blank=True)
    changed_on = models.DateField(null=True, editable=False)
    changed_because = models.CharField(max_length=300, blank=True, editable=False)
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)
    offered_hash = models.CharField(max_length=64, blank=True, editable=False)
    offered_revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = PageManager.from_queryset(ModulePageQuerySet)()

    content_panels = [*Page.content_panels, *MODULE_PANELS]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("sections"),
        index.SearchField("key_points"),
        index.FilterField("is_open_to_partners"),
        index.FilterField("rests_on_law"),
        index.FilterField("law_cleared_on"),
    ]
    subpage_types: list = []
    parent_page_types = ["lms_content.CurriculumPage"]
    preview_modes = [("", _("Whole module"))]
    # A copy begins a module of its own: nobody has read it, no file is behind it.
    exclude_fields_in_copy = [
        *("reviewed_by", "reviewed_on", "law_cleared_by", "law_cleared_on"),
        *("loaded_hash", "offered_hash", "offered_revision"),
        *("changed_on", "changed_because"),
    ]
    # What the page has come to since is no part of any revision.
    outside_revisions = (
        *("loaded_hash", "offered_hash", "offered_revision_id"),
        *("changed_on", "changed_because"),
    )

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.CheckConstraint(
                condition=~Q(retake="yes") | Q(retake_from__isnull=False),
                name="lms_modulepage_retake_begins",
            ),
        ]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("lms_content:module", self.pk)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return render(request, "lms_content/module_print.html", {"page": self})

    def with_content_json(self, content: dict[str, Any]) -> Self:
        revised = super().with_content_json(content)
        for name in self.outside_revisions:
            setattr(revised, name, getattr(self, name))
        return revised

    def clean(self) -> None:
        super().clean()
        wrong = {}
        if bool(self.reviewed_by) != bool(self.reviewed_on):
            wrong["reviewed_on"] = _("A review has a name and a day: enter both.")
        if bool(self.law_cleared_by) != bool(self.law_cleared_on):
            wrong["law_cleared_on"] = _("A look has a name and a day: enter both.")
        if self.retake == self.Retake.YES and self.retake_from is None:
            wrong["retake_from"] = _("Say from which day people are asked to.")
        if self.retake != self.Retake.NO and not self.retake_because:
            wrong["retake_because"] = _("Say what has changed: people will read it.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by and self.reviewed_on)

    @property
    def waits_for_law(self) -> bool:
        return self.rests_on_law and self.law_cleared_on is None

    @property
    def has_an_offer(self) -> bool:
        """Whether the starter holds a newer text than the one edited here."""
        return bool(self.offered_revision_id) and (
            self.content_hash() != self.offered_hash
        )

    @property
    def objective_list(self) -> list[str]:
        return lines(self.objectives)

    @property
    def key_point_list(self) -> list[str]:
        return lines(self.key_points)

    @property
    def next_step_list(self) -> list[str]:
        return lines(self.next_steps)

    @property
    def texts(self) -> list[str]:
        """What a reader reads in sentences, without titles and quotations."""
        told = [self.summary, self.objectives]
        told += texts_in(self.sections.raw_data)
        told += [self.key_points, self.next_steps, self.completion_message]
        return [plain(text) for text in told if text]

    def where_used(self) -> models.QuerySet[Requirement]:
        """The lines of published plans that its topics stand in."""
        return Requirement.objects.filter(
            topic__in=self.training.topics.all(), version__published_at__isnull=False
        ).select_related("topic", "phase", "version__plan")

    def content_hash(self) -> str:
        """A SHA-256 of what is taught: title, objectives, sections, key points and
        next steps."""
        told = [
            self.title,
            self.objective_list,
            list(self.sections.raw_data),
            self.key_point_list,
            self.next_step_list,
        ]
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def answer_retake(self, on: datetime.date) -> None:
        """The question is answered: what changed stays readable, the answer goes."""
        if self.retake != self.Retake.NO:
            self.changed_on = on
            self.changed_because = self.retake_because
        self.retake, self.retake_from = self.Retake.NO, None
        self.retake_months, self.retake_because = 3, ""
        self.retake_roles.clear()
