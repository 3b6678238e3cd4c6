from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.models import Role
from supervision_logs.hours import Aim

from .sessions import SessionVersion


class TargetQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(is_in_force=True)


class Target(models.Model):
    """How much supervision a program wants for everyone, or for who holds a role.

    Data with a source. An empty choice means any.
    """

    class Per(models.TextChoices):
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")

    class Purpose(models.TextChoices):
        REFLECTIVE = "reflective", _("Reflective")
        ADMINISTRATIVE = "administrative", _("Administrative")
        CLINICAL = "clinical", _("Clinical")

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for whom"),
        help_text=_("Empty: for everyone."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    per = models.CharField(_("per"), max_length=10, choices=Per, default=Per.WEEK)
    format = models.CharField(
        _("format"), max_length=20, choices=SessionVersion.Format, blank=True
    )
    occasion = models.CharField(
        _("occasion"), max_length=20, choices=SessionVersion.Occasion, blank=True
    )
    mode = models.CharField(
        _("how they meet"), max_length=20, choices=SessionVersion.Mode, blank=True
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, blank=True)
    is_pro_rated = models.BooleanField(
        _("part time counts in part"),
        default=False,
        help_text=_("Somebody at half time is asked for half of it."),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_in_force = models.BooleanField(_("in force"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of supervision")
        verbose_name_plural = _("targets of supervision")
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0), name="lms_target_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def aim(self) -> Aim:
        return Aim(
            minutes=self.minutes,
            per=self.per,
            format=self.format,
            occasion=self.occasion,
            mode=self.mode,
            purpose=self.purpose,
            is_pro_rated=self.is_pro_rated,
        )
