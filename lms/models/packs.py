from django.db import models
from django.utils.translation import gettext_lazy as _


class Pack(models.Model):
    """A state pack that was loaded: what it said then, entry by entry.

    So a later load changes only what the pack itself changed, and what the training
    team has edited here since stays.
    """

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    loaded = models.JSONField(_("loaded"), default=dict, editable=False)

    class Meta:
        verbose_name = _("state pack")
        verbose_name_plural = _("state packs")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class LocalName(models.Model):
    """What something that every state has is called here."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("name used here")
        verbose_name_plural = _("names used here")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title


class Helpline(models.Model):
    """A number that stands on the page "Who can I call now?" for everybody at work."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(
        _("when to call"), max_length=120, help_text=_("“Worried about a child”")
    )
    answered_by = models.ForeignKey(
        LocalName,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="helplines",
        verbose_name=_("who answers"),
    )
    phone = models.CharField(_("phone"), max_length=40)
    note = models.CharField(_("note"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title
