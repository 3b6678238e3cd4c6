from typing import Self

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.rules import Noted, Precision
from lms.conf import conf
from lms.models import (
    LearningRecordQuerySet,
    Person,
    PersonRecord,
    PersonRecordQuerySet,
)

from .topics import Portion, Topic
from .trainings import Training


class TrainingRecordQuerySet(LearningRecordQuerySet):
    learned_at = "recorded_at"


class TrainingRecord(PersonRecord):
    """What a person took, when, kept as it was: no pointer a deleted page could break.

    Several completions may come from one record, and share its evidence. Where only
    the month or year is known, or only that there is a paper, ``completed_on`` is the
    last possible day (that of recording at the latest): renewals count from there. A
    record of a ``history`` is signed by what the two people confirm at its end.
    """

    class How(models.TextChoices):
        MODULE = "module", _("module")
        LIVE = "live", _("live training")
        OUTSIDE = "outside", _("outside training")
        PRIOR = "prior", _("earlier learning")
        IMPORT = "import", _("imported")
        SUPERVISOR = "supervisor", _("recorded by the supervisor")
        BEFORE = "before", _("before this system")

    training = models.ForeignKey(
        Training, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    how = models.CharField(_("how"), max_length=20, choices=How)
    title = models.CharField(_("title"), max_length=200)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    completed_on = models.DateField(_("completed on"))
    precision = models.CharField(
        _("what is known of the day"), max_length=10, choices=Precision, blank=True
    )
    history = models.ForeignKey(
        "History",
        on_delete=models.PROTECT,
        null=True,
        related_name="records",
        verbose_name=_("earlier trainings"),
    )
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    objectives = models.JSONField(_("objectives"), default=list, blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        ordering = ["-completed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "training", "content_hash", "completed_on"],
                condition=~Q(content_hash=""),
                name="lms_trainingrecord_once_per_day_and_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.noted.said()}"

    def get_completed_on_display(self) -> str:
        return self.noted.said()

    @property
    def noted(self) -> Noted:
        return Noted(self.completed_on, self.precision)

    @property
    def when(self) -> str:
        """The day as it is known: "3 Dec", "about 2021", "paper seen"."""
        return self.noted.said(timezone.localdate())


class EvidenceQuerySet(LearningRecordQuerySet):
    learned_at = "record__recorded_at"


class Evidence(PersonRecord):
    """A certificate or note: one file, outside public media, opened by permission."""

    record = models.ForeignKey(
        TrainingRecord, on_delete=models.PROTECT, related_name="evidence"
    )
    stored_as = models.CharField(_("stored as"), max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate or note")
        verbose_name_plural = _("certificates and notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def open(self) -> File:
        return conf.private_storage.open(self.stored_as)


class CompletionQuerySet(LearningRecordQuerySet):
    learned_at = "record__recorded_at"

    def standing(self) -> Self:
        """Keep what counts: neither withdrawn nor replaced."""
        return self.filter(withdrawn_at=None)


class Completion(PersonRecord):
    """A dated fact: this person, this topic, this portion. Appended, never edited."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="completions"
    )
    portion = models.CharField(
        _("portion"),
        max_length=20,
        choices=Portion,
        default=Portion.WHOLE,
        blank=True,
    )
    record = models.ForeignKey(
        TrainingRecord, on_delete=models.PROTECT, related_name="completions"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["-record__completed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "topic", "portion"],
                name="lms_completion_once_per_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.topic}"


class SignOffQuerySet(PersonRecordQuerySet):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None, voided_at=None)

    def in_full(self) -> Self:
        return self.filter(still_needs="")

    def in_part(self) -> Self:
        """Accepted, while something named is still needed: the line stays open."""
        return self.exclude(still_needs="")


class SignOff(PersonRecord):
    """A supervisor's signature on a completion, as they saw it.

    The digest covers person, topic, portion, date, provider, hours, title and the
    evidence's hashes; texts go in as commitments salted with ``salt``, and so do what
    is still needed when the completion was accepted in part, and the name and
    credential with which somebody signed by a one-time link.
    """

    class Capacity(models.TextChoices):
        SUPERVISOR = "supervisor", _("supervisor")
        BACKUP = "backup", _("standing in")
        DIRECTOR = "director", _("director")
        OUTSIDE = "outside", _("from outside, by a one-time link")

    completion = models.ForeignKey(
        Completion, on_delete=models.PROTECT, related_name="sign_offs"
    )
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(_("as"), max_length=20, choices=Capacity)
    signed_at = models.DateTimeField(_("signed at"))
    digest = models.CharField(_("digest"), max_length=64)
    salt = models.CharField(_("salt"), max_length=32)
    still_needs = models.TextField(_("still needs"), blank=True, max_length=1000)
    signed_as = models.CharField(_("name and credential"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_because = models.CharField(_("reason"), max_length=500, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion", "staff_member"],
                condition=Q(withdrawn_at=None, voided_at=None),
                name="lms_signoff_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="lms_signoff_is_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer}, {self.signed_at:%Y-%m-%d}"


class SendBack(PersonRecord):
    """A completion sent back with a note; the two people's own words."""

    completion = models.ForeignKey(
        Completion, on_delete=models.PROTECT, related_name="send_backs"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"))

    class Meta:
        verbose_name = _("sent back")
        verbose_name_plural = _("sent back")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.completion}, {self.at:%Y-%m-%d}"
