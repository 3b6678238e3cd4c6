import datetime
import secrets
from typing import Self

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certificates.rules import Disclosure, PublicFacts, State, name_told, stands
from competencies.rules import Noted, topics_noted
from lms.models import LearningRecordQuerySet, Person, PersonRecord

from .awards import Award, AwardRun
from .designs import DesignRevision


def new_code() -> str:
    """An unguessable address for verifying: 128 bits, readable aloud if need be."""
    return secrets.token_hex(16)


class CertificateQuerySet(LearningRecordQuerySet):
    learned_at = "issued_on"

    def standing(self) -> Self:
        return self.filter(superseded_at=None, revoked_at=None)

    def known_to_strangers(self) -> Self:
        """Drop those whose holder lets nobody ask: to a stranger they do not exist."""
        return self.exclude(discloses=Disclosure.HIDDEN)

    def running_out(self, on: datetime.date, last: datetime.date) -> Self:
        """Valid, until a day from ``on`` to ``last``, and no newer one of the same
        award is held."""
        newer = Certificate.objects.standing().filter(
            Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")),
            person=OuterRef("person"),
            award=OuterRef("award"),
        )
        soon = self.standing().filter(expires_on__gte=on, expires_on__lte=last)
        return soon.filter(~Exists(newer))

    def in_doubt(self) -> Self:
        """A signature they rest on is gone, and the training team has not looked."""
        return self.standing().filter(doubts__settled_at=None, doubts__isnull=False)


class Certificate(PersonRecord):
    """The frozen document: name as it was, topics and dates, design, bytes, digest.

    ``cycle`` names the completion that qualified, so that it is issued once, whoever
    tries again. The person belongs to it for ever, the employment does not.
    """

    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="certificates"
    )
    cycle = models.CharField(_("cycle"), max_length=60)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=90)
    title = models.CharField(_("title"), max_length=120)
    issuer = models.CharField(_("issuer"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    took = models.JSONField(_("what it took"), default=list)
    design = models.CharField(_("design"), max_length=40)
    drawn_in = models.ForeignKey(
        DesignRevision,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("drawn in"),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    discloses = models.CharField(
        _("strangers see"),
        max_length=10,
        choices=Disclosure,
        default=Disclosure.NAME,
    )
    shows_took = models.BooleanField(_("strangers see what it took"), default=False)
    run = models.ForeignKey(
        AwardRun,
        on_delete=models.PROTECT,
        null=True,
        related_name="certificates",
        verbose_name=_("given to many"),
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="successor",
        verbose_name=_("replaces"),
    )
    reissued_because = models.CharField(_("why anew"), max_length=300, blank=True)
    told_days_before = models.PositiveSmallIntegerField(
        _("told this many days before"), null=True
    )
    superseded_at = models.DateTimeField(_("replaced at"), null=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True)
    revoked_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "award", "cycle"],
                condition=Q(superseded_at=None),
                name="lms_certificate_once_per_cycle",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_because=""),
                name="lms_certificate_is_revoked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reissued_because=""),
                name="lms_certificate_is_issued_anew_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.name}"

    def state(self, on: datetime.date) -> State:
        return stands(
            on,
            expires_on=self.expires_on,
            is_revoked=self.revoked_at is not None,
            is_superseded=self.superseded_at is not None,
        )

    @property
    def what_it_took(self) -> list[tuple[str, Noted]]:
        """Topics, each with its day as exactly as that is known."""
        return topics_noted(self.took)

    def get_took_display(self) -> list[str]:
        return [f"{topic}: {noted.said()}" for topic, noted in self.what_it_took]

    def told_to_strangers(self, on: datetime.date) -> PublicFacts | None:
        """Exactly what a stranger reads that day; None where there is nothing to
        read, as though the certificate did not exist."""
        if self.discloses == Disclosure.HIDDEN:
            return None
        state = self.state(on)
        tells_took = self.shows_took and state != State.SUPERSEDED
        return PublicFacts(
            state=state,
            title=self.title,
            issuer=self.issuer,
            issued_on=self.issued_on,
            expires_on=self.expires_on,
            name=name_told(self.name, self.discloses, state),
            took=[topic["title"] for topic in self.took] if tells_took else [],
        )

    def history(self) -> list[Self]:
        """Itself and all that it replaced, newest first; a query for each."""
        found, each = [self], self
        while each.supersedes is not None:
            each = each.supersedes
            found.append(each)
        return found

    @property
    def is_standing(self) -> bool:
        return self.superseded_at is None and self.revoked_at is None

    @property
    def bears_another_name(self) -> bool:
        return self.name != self.person.full_name

    def let_strangers_see(self, *, discloses: str, shows_took: bool) -> None:
        self.discloses, self.shows_took = discloses, shows_took
        self.save(update_fields=["discloses", "shows_took"])


class CertificateFile(models.Model):
    """The bytes of one certificate, apart so that lists need not load them."""

    wagtail_reference_index_ignore = True

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="file"
    )
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("certificate file")
        verbose_name_plural = _("certificate files")

    def __str__(self) -> str:
        return self.certificate.number

    def open(self) -> File:
        return ContentFile(bytes(self.content))


class RefusalQuerySet(LearningRecordQuerySet):
    learned_at = "refused_at"


class Refusal(PersonRecord):
    """A certificate that was earned and could not be set; the sentence says why.

    Gone as soon as the certificate is issued.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    cycle = models.CharField(_("cycle"), max_length=60)
    earned_on = models.DateField(_("earned on"))
    took = models.JSONField(_("what it took"), default=list)
    sentence = models.CharField(_("why"), max_length=500)
    refused_at = models.DateTimeField(_("refused at"))

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate not issued")
        verbose_name_plural = _("certificates not issued")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "award", "cycle"], name="lms_refusal_once_per_cycle"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class DoubtQuerySet(LearningRecordQuerySet):
    learned_at = "noted_at"

    def open(self) -> Self:
        return self.filter(settled_at=None)


class Doubt(PersonRecord):
    """A signature on a topic that a certificate rests on is gone.

    The certificate stays as it is until the training team has looked; the holder
    reads the same.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="doubts"
    )
    topic = models.CharField(_("topic"), max_length=200)
    noted_at = models.DateTimeField(_("noted at"))
    settled_at = models.DateTimeField(_("looked at"), null=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "topic"],
                condition=Q(settled_at=None),
                name="lms_doubt_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate}: {self.topic}"
