"""Whose rows exist for you. Every ``visible_to()`` in every app ends up here."""

import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .agencies import Agency
from .people import Access, Person, StaffMember
from .supervision_ties import SupervisionTie

Reader = AbstractBaseUser | AnonymousUser


def _has_left(person: str, agency: str, on: datetime.date) -> Q:
    """The condition that whom a dated row names has left an employment since the row
    began, and does not work at its agency that day."""
    theirs = StaffMember.objects.filter(person=OuterRef(person))
    left = theirs.filter(left_on__gte=OuterRef("starts_on"), left_on__lt=on)
    here = theirs.employed(on).filter(agency=OuterRef(agency))
    return Exists(left) & ~Exists(here)


def ties_in_force(on: datetime.date) -> QuerySet[SupervisionTie]:
    """Ties that open somebody's records that day: until the day they end, or the day
    either of the two leaves."""
    ties = SupervisionTie.objects.current(on).filter(
        staff_member__in=StaffMember.objects.employed(on)
    )
    return ties.exclude(_has_left("supervisor", "staff_member__agency", on))


def accesses_in_force(on: datetime.date) -> QuerySet[Access]:
    """Accesses that hold that day; one to an agency ends when its holder leaves."""
    at_an_agency = Q(agency__isnull=False) & _has_left("person", "agency", on)
    return Access.objects.current(on).exclude(at_an_agency)


def agencies_directed_by(person: Person | None, on: datetime.date) -> QuerySet[Agency]:
    directed = accesses_in_force(on).filter(person=person, kind=Access.Kind.DIRECTOR)
    return Agency.objects.filter(pk__in=directed.values("agency"))


def staff_visible_to(user: Reader) -> QuerySet[StaffMember]:
    """Staff whose records about work ``user`` may read: their own, those they
    supervise today, and those of an agency they direct today."""
    person, today = Person.of(user), timezone.localdate()
    if person is None:
        return StaffMember.objects.none()
    return StaffMember.objects.filter(
        Q(person=person)
        | Q(
            pk__in=ties_in_force(today).filter(supervisor=person).values("staff_member")
        )
        | Q(agency__in=agencies_directed_by(person, today))
    )


def people_visible_to(user: Reader) -> QuerySet[Person]:
    """People whose records about learning ``user`` may read: themselves, and
    whoever is employed today and visible to them as staff."""
    person = Person.of(user)
    if person is None:
        return Person.objects.none()
    staff = staff_visible_to(user).employed()
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=staff.values("person")))


def staff_directed_by(user: Reader) -> QuerySet[StaffMember]:
    """Everyone, also former staff, of the agencies ``user`` directs today."""
    person, today = Person.of(user), timezone.localdate()
    return StaffMember.objects.filter(agency__in=agencies_directed_by(person, today))


def staff_supervised_by(user: Reader, scope: str = "plan") -> QuerySet[StaffMember]:
    """Employed staff ``user`` supervises today, also as somebody's stand-in."""
    person, today = Person.of(user), timezone.localdate()
    ties = ties_in_force(today).filter(supervisor=person, scope=scope)
    return StaffMember.objects.filter(pk__in=ties.values("staff_member"))


def staff_signed_for_by(person: Person, on: datetime.date) -> QuerySet[StaffMember]:
    """Staff whose plan ``person`` may sign on that day.

    The main or outside supervisor and dated stand-ins; the director only where
    there is no main supervisor; never oneself.
    """
    plan_ties = ties_in_force(on).filter(scope="plan")
    has_main = plan_ties.main().filter(staff_member=OuterRef("pk"))
    return StaffMember.objects.filter(
        Q(pk__in=plan_ties.filter(supervisor=person).values("staff_member"))
        | Q(~Exists(has_main), agency__in=agencies_directed_by(person, on))
    ).exclude(person=person)


def signers_for(staff_member: StaffMember, on: datetime.date) -> QuerySet[Person]:
    """Who may sign that plan that day: ``staff_signed_for_by``, asked the other way."""
    ties = ties_in_force(on).filter(scope="plan", staff_member=staff_member)
    may_sign = Q(pk__in=ties.values("supervisor"))
    if not ties.main().exists():
        directors = accesses_in_force(on).filter(
            kind=Access.Kind.DIRECTOR, agency=staff_member.agency_id
        )
        may_sign |= Q(pk__in=directors.values("person"))
    return Person.objects.filter(may_sign).exclude(pk=staff_member.person_id)


def without_supervisor(
    staff: QuerySet[StaffMember], on: datetime.date
) -> QuerySet[StaffMember]:
    """Of those staff, the ones whose plan has no main supervisor that day."""
    main = ties_in_force(on).main()
    return staff.exclude(pk__in=main.values("staff_member"))


def people_mergeable_by(user: Reader) -> QuerySet[Person]:
    """Whose record ``user`` may put together with another: a director's, where they
    worked nowhere else; anybody's, for the training team; never one's own."""
    person, today = Person.of(user), timezone.localdate()
    if person is None:
        return Person.objects.none()
    people = Person.objects.filter(merged_into=None).exclude(pk=person.pk)
    team = accesses_in_force(today).filter(person=person, kind=Access.Kind.TTA)
    if team.exists():
        return people
    here = StaffMember.objects.filter(agency__in=agencies_directed_by(person, today))
    elsewhere = StaffMember.objects.exclude(pk__in=here)
    return people.filter(pk__in=here.values("person")).exclude(
        pk__in=elsewhere.values("person")
    )
