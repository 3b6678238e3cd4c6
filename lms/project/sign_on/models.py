from typing import Self

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from lms.models import Agency, Person, Reader, StaffMember


class SignOnQuerySet(models.QuerySet):
    def offered_to(self, user: Reader) -> Self:
        """Keep what somebody can use: at the door all; signed in, those of agencies
        where they work and those they connected, with their ``link``."""
        if not user.is_authenticated:
            return self
        links = SocialAccount.objects.filter(
            user=user.pk, provider=OuterRef("app__provider_id")
        )
        employers = StaffMember.objects.employed().filter(person=Person.of(user))
        return self.annotate(link=Subquery(links.values("pk")[:1])).filter(
            Q(agency__in=employers.values("agency")) | Q(link__isnull=False)
        )


class SignOn(models.Model):
    """An agency's own sign-in: the identity provider that speaks for its staff.

    How to reach the provider stands in allauth's ``SocialApp``; whom it may sign in,
    here.
    """

    agency = models.OneToOneField(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agency"),
    )
    app = models.OneToOneField(
        SocialApp,
        on_delete=models.CASCADE,
        related_name="sign_on",
        verbose_name=_("provider"),
    )
    number_claim = models.CharField(
        _("claim that holds the employee number"),
        max_length=100,
        default="employee_number",
    )

    objects = SignOnQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency sign-in")
        verbose_name_plural = _("agency sign-ins")
        ordering = ["agency__name"]

    def __str__(self) -> str:
        return f"{self.agency}"

    def links(self) -> models.QuerySet[SocialAccount]:
        """The accounts at the provider that open an account here."""
        return SocialAccount.objects.filter(provider=self.app.provider_id)

    def employs(self, user: Reader) -> bool:
        person = Person.of(user)
        return person is not None and self._staff().filter(person=person).exists()

    def staff_member_numbered(self, number: str) -> StaffMember | None:
        staff = self._staff().exclude(employee_id="").filter(employee_id=number)
        return staff.select_related("person__user").first()

    def is_exceeded_by(self, person: Person) -> bool:
        """Whether the account reaches beyond this agency: who speaks for one agency
        must not open by themselves what another gave."""
        employed = person.staff_members.employed().exclude(agency=self.agency_id)
        granted = person.accesses.current().exclude(agency=self.agency_id)
        return employed.exists() or granted.exists()

    def _staff(self) -> models.QuerySet[StaffMember]:
        return StaffMember.objects.employed().filter(agency=self.agency_id)
