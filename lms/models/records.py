from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .people import Person, StaffMember
from .visibility import Reader, people_visible_to, staff_visible_to


class PersonRecordQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Keep the records that exist for ``user``; which words, policy decides."""
        return self.filter(
            Q(person__user_id=user.pk, person__user__isnull=False)
            | Q(staff_member__isnull=True, person__in=people_visible_to(user))
            | Q(staff_member__in=staff_visible_to(user))
        )


class LearningRecordQuerySet(PersonRecordQuerySet):
    """Of records of learning. ``learned_at`` is the path to when each was noted."""

    learned_at: str

    def visible_to(self, user: Reader) -> Self:
        """Keep one's own, and what is known at an employment that exists for
        ``user``: another agency's reaches it only when the person brings it."""
        knowing = (
            staff_visible_to(user)
            .employed()
            .filter(person=OuterRef("person"))
            .knowing_of(OuterRef(self.learned_at))
        )
        return self.filter(
            Q(person__user_id=user.pk, person__user__isnull=False) | Exists(knowing)
        )


class PersonRecord(models.Model):
    """Base for every row that says something about one person.

    Rows about learning belong to the person alone; rows about work name the
    employment too. The person is protected: records outlive accounts and pages.
    """

    # The admin counts what points at a training or role, and an agency is small.
    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("person"),
    )
    staff_member = models.ForeignKey(
        StaffMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("staff member"),
    )

    objects = PersonRecordQuerySet.as_manager()

    class Meta:
        abstract = True
