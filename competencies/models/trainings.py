from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .topics import Portion, Topic


class Training(ClusterableModel):
    """Something that teaches topics: a module, a live or an outside training."""

    class Kind(models.TextChoices):
        MODULE = "module", _("Module")
        LIVE = "live", _("Live training")
        OUTSIDE = "outside", _("Outside training")

    key = models.SlugField(_("key"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    summary = models.TextField(_("summary"), blank=True)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    sign_up_url = models.URLField(_("sign-up address"), blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)
    topics = models.ManyToManyField(
        Topic, through="TrainingTopic", related_name="trainings"
    )

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def completed_topics(self) -> models.QuerySet[Topic]:
        """The topics that taking it completes."""
        completes = TrainingTopic.Effect.COMPLETES
        return self.topics.filter(taught__training=self, taught__effect=completes)


class TrainingTopic(models.Model):
    """A topic that a training teaches, how much of it, and whether that is enough."""

    class Effect(models.TextChoices):
        INTRODUCES = "introduces", _("introduces it")
        COMPLETES = "completes", _("completes it")

    training = ParentalKey(Training, on_delete=models.CASCADE, related_name="taught")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="taught")
    portion = models.CharField(
        _("portion"),
        max_length=20,
        choices=Portion,
        default=Portion.WHOLE,
        blank=True,
    )
    effect = models.CharField(
        _("effect"), max_length=20, choices=Effect, default=Effect.COMPLETES
    )

    class Meta:
        verbose_name = _("topic taught")
        verbose_name_plural = _("topics taught")
        constraints = [
            models.UniqueConstraint(
                fields=["training", "topic", "portion"],
                name="lms_trainingtopic_once_per_portion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training} {self.get_effect_display()}: {self.topic}"
