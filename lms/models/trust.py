from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .people import Person


class AuditEntry(models.Model):
    """One thing that happened. Append-only by trigger, see ``lms.audit``."""

    wagtail_reference_index_ignore = True

    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=60)
    actor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    target = models.CharField(_("target"), max_length=100, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["about", "at"], name="lms_auditentry_about"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"

    @staticmethod
    def said(act: str) -> str:
        """An act as one reads it: "staff.role_ended" is "staff: role ended"."""
        return act.replace(".", ": ").replace("_", " ")

    @property
    def act_said(self) -> str:
        return self.said(self.act)


class AuditSeal(models.Model):
    """A link of the chain: the hash of one entry and of the link before it.

    Append-only like the trail. ``segment`` is the entry's month, so that a month
    that has expired can go while its last hash stays, see ``lms.audit.expire``.
    """

    entry_id = models.BigIntegerField(_("entry"), unique=True)
    segment = models.CharField(_("segment"), max_length=7)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest


class OutboxMessage(models.Model):
    """Work that an act caused and that must happen, once. See ``lms.outbox``."""

    kind = models.CharField(_("kind"), max_length=100)
    key = models.CharField(_("key"), max_length=200)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    due_at = models.DateTimeField(_("due at"))
    lease = models.CharField(_("lease"), max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="lms_outboxmessage_once_per_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="lms_outboxmessage_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
