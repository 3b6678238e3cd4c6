import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import Agency, Person, Reader, StaffMember, agencies_directed_by


class AssessmentArea(models.Model):
    """A sub-domain of the agency self-assessment, and the question we ask about it."""

    key = models.SlugField(_("key"), max_length=50, unique=True)
    domain = models.CharField(_("domain"), max_length=100)
    title = models.CharField(_("title"), max_length=100)
    question = models.CharField(_("question"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("area of the self-assessment")
        verbose_name_plural = _("areas of the self-assessment")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class SelfAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Those of the agencies one works for or directs today, and no others: it is
        the team's own."""
        return self.filter(agency__in=agencies_of(user))


def agencies_of(user: Reader) -> models.QuerySet[Agency]:
    """The agencies somebody works for or directs today."""
    person = Person.of(user)
    if person is None:
        return Agency.objects.none()
    work = StaffMember.objects.employed().filter(person=person).values("agency")
    directed = agencies_directed_by(person, timezone.localdate()).values("pk")
    return Agency.objects.filter(Q(pk__in=work) | Q(pk__in=directed))


class SelfAssessment(models.Model):
    """One form that an agency's people fill in together. Nobody's name is on it."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    begun_on = models.DateField(_("begun on"))
    closed_on = models.DateField(_("closed on"), null=True)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(closed_on=None),
                name="lms_selfassessment_one_open_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.begun_on}"

    def close(self, on: datetime.date) -> None:
        self.closed_on = on
        self.save(update_fields=["closed_on"])


class AssessmentAnswer(models.Model):
    """What the team says about one area. ``version`` counts its changes, so that two
    people who write at once do not write over each other."""

    class Level(models.TextChoices):
        NOT_YET = "not_yet", _("Not yet")
        BEGINNING = "beginning", _("We have begun")
        MOSTLY = "mostly", _("Mostly")
        OURS = "ours", _("It is how we work")

    assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="answers"
    )
    area = models.ForeignKey(AssessmentArea, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    words = models.TextField(_("words"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("answer of a self-assessment")
        verbose_name_plural = _("answers of a self-assessment")
        ordering = ["area__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "area"], name="lms_assessmentanswer_once_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.area}"

    def say(self, *, level: str, words: str, after: int) -> bool:
        """Change it, if it still stands as it was read; whether that was so."""
        unchanged = AssessmentAnswer.objects.filter(pk=self.pk, version=after)
        return bool(unchanged.update(level=level, words=words, version=after + 1))
