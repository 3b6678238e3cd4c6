"""Tables of the vault; see ``lms.vault``. Of every text, only its ciphertext."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dated import Dated
from .people import Person
from .records import PersonRecord, PersonRecordQuerySet
from .visibility import Reader


class SealedKind(models.TextChoices):
    """The classes of text. Everybody has a key for each, written or not."""

    REFLECTION = "reflection", _("reflection")
    CHECK_IN = "check-in", _("check-in")
    VISION = "vision", _("wellness vision")


class DataKey(models.Model):
    """A person's key for one class of text, wrapped by a key of the ring.

    Not unique per person and class: after a restore, the keys from before may stand
    beside newer ones. This table is left out of database dumps.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    kind = models.CharField(_("class of text"), max_length=20, choices=SealedKind)
    wrapping_key = models.CharField(_("wrapped by"), max_length=40, db_index=True)
    wrapped = models.BinaryField(_("wrapped key"))

    class Meta:
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "kind"], name="lms_datakey_whose")]

    def __str__(self) -> str:
        return str(self.pk)


class ShreddedKey(models.Model):
    """That a data key was destroyed: no backup may bring it back. Says not whose."""

    id = models.UUIDField(primary_key=True, editable=False)
    shredded_on = models.DateField(_("shredded on"))

    class Meta:
        verbose_name = _("shredded key")
        verbose_name_plural = _("shredded keys")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class SealedTextQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and what somebody shares with one today. Nobody else's."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        shares = SealedShare.objects.current().filter(reader=reader)
        return self.filter(Q(person=reader) | Q(pk__in=shares.values("text")))

    def of(self, row: models.Model, field: str | None = None) -> Self:
        """Keep what is sealed in that row, or in that field of it."""
        found = self.filter(table=row._meta.label_lower, row=str(row.pk))
        return found if field is None else found.filter(field=field)


class SealedText(PersonRecord):
    """One text of one person, sealed. The row it belongs to knows nothing of it.

    ``key`` names its data key without pointing at it, so that a database restored
    without the keys is whole. A day is kept, and no time of day.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("class of text"), max_length=20, choices=SealedKind)
    table = models.CharField(_("table"), max_length=100)
    row = models.CharField(_("row"), max_length=40)
    field = models.CharField(_("field"), max_length=100)
    key = models.UUIDField(_("data key"), db_index=True)
    ciphertext = models.BinaryField(_("ciphertext"))
    sealed_on = models.DateField(_("sealed on"))

    objects = SealedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed text")
        verbose_name_plural = _("sealed texts")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "row", "field", "person"],
                name="lms_sealedtext_one_at_each_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SealedShare(Dated):
    """One sealed text, shown to one person until a day. Withdrawn by deleting it."""

    wagtail_reference_index_ignore = True

    text = models.ForeignKey(
        SealedText, on_delete=models.CASCADE, related_name="shares"
    )
    reader = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("reader")
    )

    class Meta(Dated.Meta):
        verbose_name = _("share of a sealed text")
        verbose_name_plural = _("shares of sealed texts")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False), name="lms_sealedshare_ends"
            ),
            models.UniqueConstraint(
                fields=["text", "reader"], name="lms_sealedshare_once_per_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} – {self.reader}"
