"""Whose rows exist for you. Every ``visible_to()`` in every app ends up here."""

import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .people import Access, Person, StaffMember
from .supervision_ties import SupervisionTie

Reader = AbstractBaseUser | AnonymousUser


def _agencies_directed_by(person: Person | None, on: datetime.date) -> QuerySet:
    return (
        Access.objects.current(on)
        .filter(person=person, kind=Access.Kind.DIRECTOR)
        .values("agency")
    )


def _ties_of(person: Person | None, on: datetime.date) -> QuerySet:
    return SupervisionTie.objects.current(on).filter(supervisor=person)


def staff_visible_to(user: Reader) -> QuerySet[StaffMember]:
    """Staff whose records about work ``user`` may read: their own, those they
    supervise today, and those of an agency they direct today."""
    person, today = Person.of(user), timezone.localdate()
    if person is None:
        return StaffMember.objects.none()
    return StaffMember.objects.filter(
        Q(person=person)
        | Q(pk__in=_ties_of(person, today).values("staff_member"))
        | Q(agency__in=_agencies_directed_by(person, today))
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
    return StaffMember.objects.filter(agency__in=_agencies_directed_by(person, today))


def staff_supervised_by(user: Reader, scope: str = "plan") -> QuerySet[StaffMember]:
    """Employed staff ``user`` supervises today, also as somebody's stand-in."""
    person, today = Person.of(user), timezone.localdate()
    ties = _ties_of(person, today).filter(scope=scope)
    return StaffMember.objects.employed().filter(pk__in=ties.values("staff_member"))


def staff_signed_for_by(person: Person, on: datetime.date) -> QuerySet[StaffMember]:
    """Staff whose plan ``person`` may sign on that day.

    The main or outside supervisor and dated stand-ins; the director only where
    there is no main supervisor; never oneself.
    """
    plan_ties = SupervisionTie.objects.current(on).filter(scope="plan")
    has_main = plan_ties.main().filter(staff_member=OuterRef("pk"))
    return StaffMember.objects.filter(
        Q(pk__in=plan_ties.filter(supervisor=person).values("staff_member"))
        | Q(~Exists(has_main), agency__in=_agencies_directed_by(person, on))
    ).exclude(person=person)


def signers_for(staff_member: StaffMember, on: datetime.date) -> QuerySet[Person]:
    """Who may sign that plan that day: ``staff_signed_for_by``, asked the other way."""
    ties = SupervisionTie.objects.current(on).filter(
        scope="plan", staff_member=staff_member
    )
    may_sign = Q(pk__in=ties.values("supervisor"))
    if not ties.main().exists():
        directors = Access.objects.current(on).filter(
            kind=Access.Kind.DIRECTOR, agency=staff_member.agency_id
        )
        may_sign |= Q(pk__in=directors.values("person"))
    return Person.objects.filter(may_sign).exclude(pk=staff_member.person_id)


def without_supervisor(
    staff: QuerySet[StaffMember], on: datetime.date
) -> QuerySet[StaffMember]:
    """Of those staff, the ones whose plan has no main supervisor that day."""
    main = SupervisionTie.objects.current(on).main()
    return staff.exclude(pk__in=main.values("staff_member"))


def people_mergeable_by(user: Reader) -> QuerySet[Person]:
    """Whose record ``user`` may put together with another: a director's, where they
    worked nowhere else; anybody's, for the training team; never one's own."""
    person, today = Person.of(user), timezone.localdate()
    if person is None:
        return Person.objects.none()
    people = Person.objects.filter(merged_into=None).exclude(pk=person.pk)
    team = Access.objects.current(today).filter(person=person, kind=Access.Kind.TTA)
    if team.exists():
        return people
    here = StaffMember.objects.filter(agency__in=_agencies_directed_by(person, today))
    elsewhere = StaffMember.objects.exclude(pk__in=here)
    return people.filter(pk__in=here.values("person")).exclude(
        pk__in=elsewhere.values("person")
    )
