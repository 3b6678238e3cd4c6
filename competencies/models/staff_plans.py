import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.rules import (
    OPEN,
    Noted,
    Precision,
    Progress,
    each_time,
    topics_noted,
)
from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Role,
    StaffMember,
    staff_signed_for_by,
    ties_in_force,
)

from .completions import Completion
from .plans import ChecklistEntry, Firmness, Obligation, Phase, PlanVersion, Requirement
from .topics import Portion, Topic

CARRIES_SOMETHING = (
    Q(completion__isnull=False)
    | Q(completed_on__isnull=False)
    | Q(agreed_on__isnull=False)
    | Q(waived_at__isnull=False)
    | ~Q(notes="")
    | ~Q(training_information="")
    | Q(introduced_on__isnull=False)
    | Q(booked_on__isnull=False)
    | Q(waiting_since__isnull=False)
    | Q(priority__isnull=False)
)
SETTLED = Q(completed_on__isnull=False) | Q(progress=Progress.WAIVED)


def date_to_look_at(on: datetime.date) -> Q:
    """The condition that a line's date has passed and the two should look at it.

    Booked, waiting for a seat and waiting for a signature stop lateness.
    """
    is_open = Q(progress__in=OPEN)
    has_passed = Q(agreed_on__lt=on) | Q(agreed_on=None, due_on__lt=on)
    is_to_renew = Q(progress=Progress.COMPLETE, renew_on__lt=on)
    return Q(obligation=Obligation.REQUIRED, booked_on=None, waiting_since=None) & (
        (is_open & has_passed) | is_to_renew
    )


class StaffPlanQuerySet(PersonRecordQuerySet):
    def movable_to(self, version: PlanVersion, on: datetime.date) -> Self:
        """Plans of people employed that day which follow another version of the same
        plan, and are not on their way already."""
        return (
            self.filter(
                version__plan=version.plan_id,
                staff_member__in=StaffMember.objects.employed(on),
            )
            .exclude(version=version)
            .exclude(moves__moved_at=None, moves__isnull=False)
        )


class StaffPlan(PersonRecord):
    """One staff member's plan, made on hire from a published version."""

    staff_member = models.OneToOneField(
        StaffMember, on_delete=models.PROTECT, related_name="plan"
    )
    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="staff_plans"
    )
    made_at = models.DateTimeField(_("made at"))
    starts_from = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the nearest template"),
    )
    performance_review_on = models.DateField(
        _("yearly performance review"), null=True, blank=True
    )

    objects = StaffPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff plan")
        verbose_name_plural = _("staff plans")

    def __str__(self) -> str:
        return f"{self.person}"


class PlanItemQuerySet(PersonRecordQuerySet):
    def required(self) -> Self:
        return self.filter(obligation=Obligation.REQUIRED)

    def settled(self) -> Self:
        """Completed at least once, or waived."""
        return self.filter(SETTLED)

    def unsettled(self) -> Self:
        return self.exclude(SETTLED)

    def to_look_at(self, on: datetime.date) -> Self:
        """Required lines whose date has passed and that nothing explains yet."""
        return self.filter(date_to_look_at(on))

    def awaiting_signature_by(
        self, person: Person, on: datetime.date | None = None
    ) -> Self:
        """What waits for this person's signature that day; never one's own, and not
        what the two confirm at once at the end of a history."""
        day = on or timezone.localdate()
        in_a_history = Q(
            completion__record__history__staff_member=F("staff_member"),
            completion__record__history__settled_at=None,
        )
        return self.filter(
            progress=Progress.AWAITING,
            staff_member__in=staff_signed_for_by(person, day),
        ).exclude(in_a_history)

    def returnable_by(self, person: Person) -> Self:
        """Keep the lines of staff whose plan this person supervises or stands in for
        today: only they send one back, for a note is words."""
        ties = ties_in_force(timezone.localdate()).filter(supervisor=person)
        staff = ties.filter(scope="plan").values("staff_member")
        return self.filter(staff_member__in=staff)

    def waiting_for_a_seat(self) -> Self:
        """Lines of people at work who applied and have no seat yet, whatever they
        completed before."""
        return self.filter(
            Q(completed_on=None) | Q(completed_on__lt=F("waiting_since")),
            waiting_since__isnull=False,
            staff_member__in=StaffMember.objects.employed(),
        ).exclude(progress__in=[Progress.AWAITING, Progress.WAIVED])

    def counted_by_topic(self) -> models.QuerySet:
        """Pairs of a topic's title and how many people these lines are of."""
        return (
            self.order_by("topic__order", "topic__code")
            .values_list("topic__title")
            .annotate(people=Count("person", distinct=True))
        )

    def in_plan_order(self) -> Self:
        """Phase by phase; in each, first what the two have put in an order."""
        return self.order_by(
            "requirement__phase__order",
            F("priority").asc(nulls_last=True),
            "requirement__order",
        )


class PlanItem(PersonRecord):
    """One line of the form: topic, training information, notes, date completed.

    ``due_on``, ``aim_on`` and ``because`` are worked out by ``sync``; a date the two
    people agreed on stands beside them, keeps its reason and author, and wins.
    ``completion`` and ``progress`` follow from completions and sign-offs.
    """

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="items"
    )
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    obligation = models.CharField(
        _("obligation"), max_length=20, choices=Obligation, blank=True
    )
    portion = models.CharField(
        _("portion"), max_length=20, choices=Portion, default=Portion.WHOLE, blank=True
    )
    firmness = models.CharField(_("firmness"), max_length=20, choices=Firmness)
    due_on = models.DateField(_("date"), null=True)
    aim_on = models.DateField(_("aim"), null=True)
    because = models.JSONField(_("why"), default=dict)
    agreed_on = models.DateField(_("date agreed"), null=True, blank=True)
    agreed_because = models.CharField(_("reason"), max_length=300, blank=True)
    agreed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    progress = models.CharField(
        _("progress"),
        max_length=20,
        choices=Progress.choices,
        default=Progress.NOT_STARTED,
    )
    completion = models.ForeignKey(
        Completion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("newest completion"),
    )
    completed_on = models.DateField(_("date completed"), null=True)
    precision = models.CharField(
        _("what is known of the day"), max_length=10, choices=Precision, blank=True
    )
    renew_on = models.DateField(_("renew by"), null=True)
    renew_because = models.JSONField(_("why renew"), default=dict)
    started_on = models.DateField(_("started"), null=True)
    introduced_on = models.DateField(_("introduction read"), null=True)
    booked_on = models.DateField(_("booked for"), null=True, blank=True)
    waiting_since = models.DateField(_("waiting for a seat since"), null=True)
    training_information = models.TextField(
        _("training information"), blank=True, max_length=2000
    )
    notes = models.TextField(
        _("notes / additional follow up"), blank=True, max_length=4000
    )
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    waived_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    waived_at = models.DateTimeField(_("waived at"), null=True)
    waived_as = models.CharField(
        _("reads as"),
        max_length=20,
        blank=True,
        choices=[
            ("role", _("not part of your role")),
            ("earlier", _("covered by earlier learning")),
        ],
    )
    waived_because = models.CharField(_("reason"), max_length=500, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_plan", "topic"], name="lms_planitem_once_per_topic"
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None)
                | (~Q(waived_because="") & Q(waived_by__isnull=False)),
                name="lms_planitem_waived_by_name_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(agreed_by__isnull=False),
                name="lms_planitem_date_agreed_by_someone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff_member", "progress"], name="lms_planitem_progress"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}"

    @property
    def date(self) -> datetime.date | None:
        """The date that counts: the one agreed on, else the one worked out."""
        return self.agreed_on or self.due_on

    @property
    def noted(self) -> Noted | None:
        """When it was completed, as exactly as that is known."""
        return self.completed_on and Noted(self.completed_on, self.precision)

    def get_completed_on_display(self) -> str:
        return self.noted.said() if self.noted else ""

    def note_booking(self, booked_on: datetime.date | None) -> None:
        self.booked_on, self.waiting_since = booked_on, None
        self.save(update_fields=["booked_on", "waiting_since"])

    def note_waiting(self, since: datetime.date | None) -> None:
        self.booked_on, self.waiting_since = None, since
        self.save(update_fields=["booked_on", "waiting_since"])


class PhaseCompletion(PersonRecord):
    """A phase of a staff plan became complete, on the day of its last completion."""

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="phase_completions"
    )
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="+")
    completed_on = models.DateField(_("completed on"))
    topics = models.JSONField(_("topics and dates"), default=list)

    class Meta:
        verbose_name = _("phase completed")
        verbose_name_plural = _("phases completed")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_plan", "phase"], name="lms_phasecompletion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.phase}"

    @property
    def noted(self) -> Noted:
        """The day, as exactly as that of the last of its topics is known."""
        times = each_time(noted for _title, noted in topics_noted(self.topics))
        return times[-1] if times else Noted(self.completed_on)

    def get_completed_on_display(self) -> str:
        return self.noted.said()

    def get_topics_display(self) -> list[str]:
        return [
            f"{title}: {noted.said()}" for title, noted in topics_noted(self.topics)
        ]


class ChecklistItem(PersonRecord):
    """A staff member's own entry of the onboarding checklist."""

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="checklist"
    )
    entry = models.ForeignKey(
        ChecklistEntry, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    noted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["entry__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_plan", "entry"], name="lms_checklistitem_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}"
