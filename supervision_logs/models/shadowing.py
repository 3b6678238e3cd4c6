import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    StaffMember,
    agencies_directed_by,
    ties_in_force,
)

from .contacts import Contact


class ShadowingRecordQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, those of whose plan one supervises today, and of an agency one
        directs; not those one only stands in for."""
        reader, today = Person.of(user), timezone.localdate()
        if reader is None:
            return self.none()
        ties = ties_in_force(today).main().filter(supervisor=reader)
        directed = agencies_directed_by(reader, today)
        return self.filter(
            Q(person=reader)
            | Q(staff_member__in=ties.values("staff_member"))
            | Q(staff_member__agency__in=directed)
        )


class ShadowingVisitQuerySet(ShadowingRecordQuerySet):
    def of(self, staff_member: StaffMember) -> Self:
        return self.filter(staff_member=staff_member)

    def planned(self) -> Self:
        return self.filter(happened_on=None, dropped_on=None)

    def happened(self) -> Self:
        return self.filter(happened_on__isnull=False)

    def hosted_by(self, user: Reader) -> Self:
        """Visits to somebody that took place: their day and minutes are theirs to
        confirm, and nothing else of them is theirs."""
        host = Person.of(user)
        return self.none() if host is None else self.happened().filter(host=host)


class ShadowingVisit(PersonRecord):
    """One entry of "Individuals to Shadow and Meet": seven fields of paper, and what
    it lacks (day, minutes, what was seen, how it went on).

    The host is a colleague with a record here, a contact outside, or only words. Of a
    visit that was redacted the words are gone; days, minutes and the confirmation stay.
    """

    class Kind(models.TextChoices):
        SHADOW = "shadow", _("I shadow somebody at work")
        MEET = "meet", _("I meet somebody")
        OBSERVED = "observed", _("I invite somebody to watch me work")

    WORDS = (
        "with_whom",
        "purpose",
        "contact_information",
        "learn_ask",
        "bring_share",
        "notes",
        "follow_up",
    )
    LONGEST = 12 * 60

    kind = models.CharField(
        _("what it is"), max_length=20, choices=Kind, default=Kind.SHADOW
    )
    activity = models.CharField(_("activity"), max_length=200, blank=True)
    host = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    with_whom = models.CharField(
        _("person to shadow or meet (name, role)"), max_length=300, blank=True
    )
    purpose = models.TextField(
        _("purpose or intention of meeting"), max_length=2000, blank=True
    )
    contact_information = models.CharField(
        _("contact information"), max_length=300, blank=True
    )
    learn_ask = models.TextField(
        _("what I want to learn or ask"), max_length=2000, blank=True
    )
    bring_share = models.TextField(
        _("what I want to bring or share"), max_length=2000, blank=True
    )
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    follow_up = models.TextField(
        _("follow-up / next steps"), max_length=2000, blank=True
    )
    planned_for = models.DateField(_("day"), null=True, blank=True)
    planned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("planned by")
    )
    happened_on = models.DateField(_("took place on"), null=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    dropped_on = models.DateField(_("dropped on"), null=True)
    talk_on = models.DateField(_("talk it over on"), null=True, blank=True)
    talked_on = models.DateField(_("talked over on"), null=True)
    was_feedback_shared = models.BooleanField(_("feedback shared verbally"), null=True)
    host_confirmed_at = models.DateTimeField(_("confirmed by the host at"), null=True)
    redacted_on = models.DateField(_("words taken away on"), null=True)

    objects = ShadowingVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("shadowing visit")
        verbose_name_plural = _("shadowing visits")
        ordering = ["planned_for", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True, minutes__isnull=True)
                | Q(
                    happened_on__isnull=False,
                    minutes__isnull=False,
                    minutes__gt=0,
                    minutes__lte=720,
                ),
                name="lms_shadowingvisit_takes_time_when_it_happened",
            ),
            models.CheckConstraint(
                condition=Q(host_confirmed_at__isnull=True)
                | Q(host__isnull=False, happened_on__isnull=False),
                name="lms_shadowingvisit_a_host_confirms_what_happened",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | Q(happened_on__isnull=True),
                name="lms_shadowingvisit_happened_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return self.activity or self.get_kind_display()

    @property
    def host_name(self) -> str:
        return str(self.host or self.contact or self.with_whom or "–")

    @property
    def is_planned(self) -> bool:
        return self.happened_on is None and self.dropped_on is None

    @property
    def is_observed(self) -> bool:
        return self.kind == self.Kind.OBSERVED

    def drop(self, on: datetime.date) -> None:
        self.dropped_on = on
        self.save(update_fields=["dropped_on"])

    def talk_over(self, on: datetime.date) -> None:
        self.talked_on = on
        self.save(update_fields=["talked_on"])


class VisitTaskQuerySet(ShadowingRecordQuerySet):
    def open(self) -> Self:
        return self.filter(done_on=None)


class VisitTask(PersonRecord):
    """What follows from a visit: who does what, by when."""

    visit = models.ForeignKey(
        ShadowingVisit, on_delete=models.CASCADE, related_name="tasks"
    )
    text = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("done on"), null=True)

    objects = VisitTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step of a visit")
        verbose_name_plural = _("next steps of visits")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text
