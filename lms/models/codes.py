import datetime
import hashlib
import secrets
from typing import Self

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Person

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that is misread on paper
LETTERS, GROUP = 20, 5  # 98 bits


def _digest(secret: str) -> str:
    letters = "".join(letter for letter in secret.upper() if letter in ALPHABET)
    return hashlib.sha256(letters.encode()).hexdigest()


class OneTimeCodeQuerySet(models.QuerySet):
    def usable(self, at: datetime.datetime) -> Self:
        return self.exclude(digest="").filter(used_at=None, expires_at__gt=at)

    def matching(self, secret: str, purpose: str, at: datetime.datetime) -> Self:
        """The code somebody shows, as it came by mail, on paper or by phone."""
        return self.usable(at).filter(purpose=purpose, digest=_digest(secret))


class OneTimeCode(models.Model):
    """A secret that opens one thing, once, for some days; only its digest is kept."""

    class Purpose(models.TextChoices):
        PRIVATE_EMAIL = "private_email", _("confirms a private e-mail")
        WAY_BACK = "way_back", _("leads back to one's own records, from paper")
        NEW_FACTOR = "new_factor", _("lets in once without the lost second step")
        JOINING = "joining", _("lets the next agency employ the same person")
        OUTSIDE = "outside", _("lets the supervisor from outside sign, once")
        OUTSIDE_HOUR = "outside_hour", _("lets them confirm one session, once")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="one_time_codes"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    email = models.EmailField(_("address to confirm"), blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_purpose_display()}"

    def draw(self) -> str:
        """Make the secret, keep its digest, and tell it this once."""
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
        self.digest = _digest(letters)
        self.save(update_fields=["digest"])
        return "-".join(letters[i : i + GROUP] for i in range(0, LETTERS, GROUP))

    def address_is_free(self) -> bool:
        """Whether the address opens nobody else's account, now or after leaving."""
        others = Person.objects.exclude(pk=self.person_id)
        accounts = get_user_model()._default_manager.exclude(pk=self.person.user_id)
        name = get_user_model().get_email_field_name()
        return not (
            others.filter(private_email__iexact=self.email).exists()
            or accounts.filter(**{f"{name}__iexact": self.email}).exists()
        )

    def use(self, at: datetime.datetime) -> bool:
        """Spend it; False when somebody else was faster. The address is forgotten."""
        mine = OneTimeCode.objects.usable(at).filter(pk=self.pk)
        return bool(mine.update(used_at=at, email=""))
