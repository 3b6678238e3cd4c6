import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .agencies import Agency
from .dated import Dated, DatedQuerySet
from .roles import Role


class Person(models.Model):
    """One per human, for ever. The account may go; the record stays.

    ``uuid`` is the same in every backup, and no one else's in any other database.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(
        _("unmistakable number"), default=uuid.uuid4, unique=True, editable=False
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lms_person",
        verbose_name=_("account"),
    )
    full_name = models.CharField(
        _("full name"),
        max_length=90,
        help_text=_("As it should stand on certificates."),
    )
    called = models.CharField(
        _("called"),
        max_length=60,
        blank=True,
        help_text=_("The name colleagues use, if it is another one."),
    )
    email = models.EmailField(_("work e-mail"), blank=True)
    phone = models.CharField(_("work phone"), max_length=40, blank=True)
    private_email = models.EmailField(
        _("private e-mail"),
        blank=True,
        editable=False,
        help_text=_("Confirmed; read by the person alone, used after leaving."),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("is the same person as"),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(full_name=""), name="lms_person_has_a_name"
            ),
            models.UniqueConstraint(
                Lower("private_email"),
                condition=~Q(private_email=""),
                name="lms_person_private_email_is_ones_own",
            ),
        ]

    def __str__(self) -> str:
        return self.called or self.full_name

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> "Person | None":
        """The person behind an account, kept on it for the rest of the request."""
        if not user.is_authenticated:
            return None
        if not hasattr(user, "_lms_person"):
            user._lms_person = cls.objects.filter(user_id=user.pk).first()
        return user._lms_person

    def address_opens_another_account(self) -> bool:
        """Whether somebody else signs in with this person's work e-mail already."""
        accounts = get_user_model()._default_manager.exclude(lms_person=None)
        name = get_user_model().get_email_field_name()
        others = accounts.exclude(lms_person=self)
        return others.filter(**{f"{name}__iexact": self.email}).exists()

    @classmethod
    def numbered(cls, pk: int) -> "Person":
        """Who has that number today: an old one leads on to the record that stayed."""
        person = cls.objects.get(pk=pk)
        while person.merged_into is not None:
            person = person.merged_into
        return person


class StaffMemberQuerySet(models.QuerySet):
    def employed(self, on: datetime.date | None = None) -> Self:
        """Keep those who have not left by the given day (today by default).

        Somebody whose hire date is not known yet, or lies ahead, is kept: their
        plan exists and says what it waits for.
        """
        day = on or timezone.localdate()
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def not_gone_elsewhere(self) -> Self:
        """Drop those who left and work somewhere else now: that agency answers for
        the person, not the earlier one."""
        going_on = self.model.objects.employed().values("person")
        return self.filter(
            Q(pk__in=self.model.objects.employed()) | ~Q(person__in=going_on)
        )

    def knowing_of(self, learned_at: Any) -> Self:
        """Keep the employments at which something learned then is shown."""
        return self.filter(
            Q(learning_from=None)
            | Q(transcript_brought_at__isnull=False)
            | Q(learning_from__lte=learned_at)
        )


class StaffMember(models.Model):
    """A person's employment at an agency. A rehire or a move is a new one."""

    TIME_FOR_HISTORY = datetime.timedelta(days=90)
    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="staff_members",
        verbose_name=_("person"),
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="staff_members",
        verbose_name=_("agency"),
    )
    employee_id = models.CharField(_("employee number"), max_length=40, blank=True)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    fte = models.DecimalField(
        _("full-time share"),
        max_digits=3,
        decimal_places=2,
        default=1,
        help_text=_("1 is full time, 0.5 half time."),
    )
    is_history_on_paper = models.BooleanField(
        _("earlier trainings are on paper"),
        default=False,
        help_text=_(
            "Hired before this system: nothing counts as late until entered, for 90 "
            "days."
        ),
    )
    history_until = models.DateField(
        _("earlier trainings to be entered by"), null=True, editable=False
    )
    learning_from = models.DateTimeField(
        _("learning shown from"),
        null=True,
        editable=False,
        help_text=_(
            "What was learned earlier, elsewhere, is shown once it is brought."
        ),
    )
    transcript_brought_at = models.DateTimeField(
        _("earlier learning brought at"), null=True, editable=False
    )

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        ordering = ["person__full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(hired_on__isnull=True)
                | Q(left_on__gte=F("hired_on")),
                name="lms_staffmember_leaves_after_hire",
            ),
            models.CheckConstraint(
                condition=Q(is_history_on_paper=False) | Q(history_until__isnull=False),
                name="lms_staffmember_history_ends",
            ),
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1), name="lms_staffmember_fte_share"
            ),
            models.UniqueConstraint(
                fields=["agency", "employee_id"],
                condition=~Q(employee_id=""),
                name="lms_staffmember_one_employee_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.agency}"

    def is_employed(self, on: datetime.date | None = None) -> bool:
        """As the queryset's ``employed`` counts it."""
        return self.left_on is None or self.left_on >= (on or timezone.localdate())

    def time_history(self, today: datetime.date) -> None:
        """Say until when what is on paper may be entered: 90 days from when it was
        first said that it is on paper. The row is saved by whoever asks."""
        until = self.history_until or today + self.TIME_FOR_HISTORY
        self.history_until = until if self.is_history_on_paper else None

    def knows_of(self, learned_at: datetime.datetime) -> bool:
        """Whether something learned then is shown here: in this employment, or
        brought along."""
        return (
            self.learning_from is None
            or self.transcript_brought_at is not None
            or self.learning_from <= learned_at
        )

    def role_titles(self, on: datetime.date) -> list[str]:
        """Short titles of the roles held that day, from ``roles_held`` prefetched."""
        held = [held for held in self.roles_held.all() if held.is_in_force(on)]
        held.sort(key=lambda each: (each.role.order, each.role.title))
        return [each.role.short_title for each in held]


class RoleHeld(models.Model):
    """A role of a staff member, from a day (or from the start) until another."""

    wagtail_reference_index_ignore = True

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="roles_held"
    )
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="+", verbose_name=_("role")
    )
    starts_on = models.DateField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("Empty: since the hire date."),
    )
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ["role__order", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="lms_roleheld_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}"

    def is_in_force(self, on: datetime.date) -> bool:
        started = self.starts_on is None or self.starts_on <= on
        return started and (self.ends_on is None or self.ends_on >= on)


class Pause(models.Model):
    """From one day to another, nothing else: no kind, no reason.

    Seen by the person, their supervisor and their director; everyone else reads at
    most "moved 22 days".
    """

    wagtail_reference_index_ignore = True

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="pauses"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="lms_pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or '…'}"


class Access(Dated):
    """What a person may do beyond being staff."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        TTA = "tta", _("Training and technical assistance team")
        DIRECTOR = "director", _("Director of an agency")
        PARTNER = "partner", _("Partner")
        ADMINISTRATOR = "administrator", _("System administrator")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="accesses"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta(Dated.Meta):
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="director") | Q(agency__isnull=False),
                name="lms_access_of_a_director_names_the_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


class Credential(models.Model):
    """A licence or certificate a person holds or works toward."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="credentials"
    )
    kind = models.CharField(_("kind"), max_length=100)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=F("issued_on")),
                name="lms_credential_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
