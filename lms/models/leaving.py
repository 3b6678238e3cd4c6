import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Access, Person
from .records import PersonRecord, PersonRecordQuerySet
from .visibility import Reader, accesses_in_force, staff_directed_by

CONFIRM_WITHIN = datetime.timedelta(days=7)


class Leaving(PersonRecord):
    """Somebody's last day, noted. The day itself stands on the employment.

    ``ended`` maps the ties and accesses that end with that day to the days on which
    they were to end before, so that it can be undone until then.
    ``sign_in_address`` is the work address the account had: that mailbox stays with
    the agency, and opens nothing any more.
    """

    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted at"))
    ended = models.JSONField(_("what ended with it"), default=dict)
    sign_in_address = models.EmailField(_("earlier sign-in address"), blank=True)

    class Meta:
        verbose_name = _("last day noted")
        verbose_name_plural = _("last days noted")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member"], name="lms_leaving_once_per_employment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}"


class NameChangeQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own; a director reads what is asked, and no earlier names."""
        staff = staff_directed_by(user).not_gone_elsewhere()
        asked = Q(person__in=staff.values("person"))
        return self.filter(
            Q(person__user_id=user.pk, person__user__isnull=False)
            | asked & Q(settled_at=None)
        )

    def waiting(self) -> Self:
        return self.filter(settled_at=None)


class NameChange(PersonRecord):
    """Another full name: asked for, then made or left. Certificates keep theirs."""

    earlier_name = models.CharField(_("earlier name"), max_length=90)
    new_name = models.CharField(_("new full name"), max_length=90)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)
    is_made = models.BooleanField(_("made"), default=False)

    objects = NameChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of name")
        verbose_name_plural = _("changes of name")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(settled_at=None),
                name="lms_namechange_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.new_name


class FactorResetQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own; those of the agencies one directs; all, for the training team
        and administrators, who may be the second person."""
        person = Person.of(user)
        if person is None:
            return self.none()
        kinds = [Access.Kind.TTA, Access.Kind.ADMINISTRATOR]
        held = accesses_in_force(timezone.localdate()).filter(person=person)
        if held.filter(kind__in=kinds).exists():
            return self.all()
        directed = staff_directed_by(user)
        return self.filter(Q(person=person) | Q(staff_member__in=directed))

    def waiting(self, at: datetime.datetime) -> Self:
        return self.filter(settled_at=None, asked_at__gt=at - CONFIRM_WITHIN)

    def waiting_for(self, user: Reader, at: datetime.datetime) -> Self:
        """Those to which this person may be the second: not the one who asked, and
        not the one they are about."""
        person = Person.of(user)
        others = self.visible_to(user).exclude(person=person).exclude(asked_by=person)
        return others.waiting(at)


class FactorReset(PersonRecord):
    """A lost second step, reset by two people: one asks, another confirms."""

    because = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    done_at = models.DateTimeField(_("done at"), null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("reset of a second step")
        verbose_name_plural = _("resets of a second step")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")),
                name="lms_factorreset_is_asked_for_by_another",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None)
                | ~Q(settled_by=F("asked_by")) & ~Q(settled_by=F("person")),
                name="lms_factorreset_is_settled_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {timezone.localdate(self.asked_at)}"
