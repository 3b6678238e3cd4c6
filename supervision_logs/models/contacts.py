from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Agency,
    Person,
    Reader,
    StaffMember,
    agencies_directed_by,
)


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Those of the agencies where one works today."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        own = StaffMember.objects.employed().filter(person=reader)
        return self.filter(agency__in=own.values("agency"))

    def kept_by(self, user: Reader) -> Self:
        """Those one looks after, and all of an agency one directs."""
        reader = Person.of(user)
        directed = agencies_directed_by(reader, timezone.localdate())
        visible = self.visible_to(user)
        return visible.filter(owner=reader) | visible.filter(agency__in=directed)


class Contact(models.Model):
    """Somebody outside whom staff of an agency may shadow or meet: a partner, known by
    what they do. ``owner`` looks after the entry; ``checked_on`` says when last."""

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="+", verbose_name=_("agency")
    )
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=100, blank=True)
    organization = models.CharField(_("organization"), max_length=150, blank=True)
    phone = models.CharField(_("work phone"), max_length=40, blank=True)
    email = models.EmailField(_("work e-mail"), blank=True)
    owner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    checked_on = models.DateField(_("checked on"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.role, self.organization]))

    @property
    def reach(self) -> str:
        return ", ".join(filter(None, [self.phone, self.email]))
