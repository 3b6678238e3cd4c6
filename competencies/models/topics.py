from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Role


class Portion(models.TextChoices):
    """How much of a topic's training: most topics have no portions."""

    WHOLE = "", _("whole")
    DIDACTIC = "didactic", _("didactic portion")
    FULL = "full", _("full training")


class Topic(models.Model):
    """One training subject, such as Mandated Reporter Training."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.title


class Competency(models.Model):
    """What a role description asks for, or a quality that suits every role.

    Only *skills* may be rated, by the two people together; lived experience,
    parenting, degrees and qualities stand in the description and never on a person:
    their kinds can be no skill.
    """

    class Kind(models.TextChoices):
        CORE = "core", _("core competency")
        LIVED = "lived", _("lived experience")
        FORMAL = "formal", _("degree or licence")
        QUALITY = "quality", _("desired quality")

    code = models.CharField(_("code"), max_length=20, unique=True)
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="competencies",
        verbose_name=_("role"),
        help_text=_("Empty: every role."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    is_skill = models.BooleanField(
        _("a skill"), default=False, help_text=_("Only skills may be rated.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["role__order", "order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_skill=False) | models.Q(kind="core"),
                name="lms_competency_only_core_is_a_skill",
                violation_error_message=_(
                    "Lived experience, degrees and qualities are never rated: this "
                    "cannot be a skill."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title
