from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    OneTimeCode,
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    StaffMember,
    agencies_directed_by,
)

from .sessions import SupervisionSession


class OutsideConfirmationQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and the director's."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        directed = agencies_directed_by(reader, timezone.localdate())
        staff = StaffMember.objects.filter(agency__in=directed)
        return self.filter(Q(person=reader) | Q(staff_member__in=staff))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class OutsideConfirmation(PersonRecord):
    """A supervisor without an account was asked by a link to confirm one session, as
    it stood in that version; and what became of it."""

    session = models.ForeignKey(
        SupervisionSession,
        on_delete=models.PROTECT,
        related_name="outside_confirmations",
    )
    version_number = models.PositiveIntegerField(_("of version"))
    code = models.OneToOneField(
        OneTimeCode, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_as = models.CharField(
        _("confirmed as"), max_length=200, blank=True, editable=False
    )

    objects = OutsideConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation from outside")
        verbose_name_plural = _("confirmations from outside")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_as="")
                | Q(confirmed_at__isnull=False) & ~Q(confirmed_as=""),
                name="lms_outsideconfirmation_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"
