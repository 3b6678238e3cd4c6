"""How the person at the screen stands to a pair and to a session, in the words of the
table."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lms import policy
from lms.models import Person, StaffMember, SupervisionTie
from supervision_logs.models import (
    Attendance,
    SupervisionSession,
    staff_met_by,
)

HOUR = "our hour"
SESSION = "supervision session"
STATEMENT = "monthly statement"


@dataclass(frozen=True)
class Pair:
    """Somebody and one supervisor of theirs, as the reader stands to the two.

    *Supervisor of its record* is that supervisor while the tie holds; *gave it* also
    afterwards, for the sessions they gave.
    """

    staff_member: StaffMember
    supervisor: Person
    reader: Person
    relations: frozenset[str]

    @property
    def is_own(self) -> bool:
        return "own" in self.relations

    @property
    def other(self) -> Person:
        return self.supervisor if self.is_own else self.staff_member.person

    @property
    def key(self) -> list[int]:
        """The arguments of its addresses."""
        return [self.staff_member.pk, self.supervisor.pk]

    def may(self, resource: str, act: str, *states: str) -> frozenset[str]:
        acting = act in {"view", "confirm"} or self.staff_member.is_employed()
        relations = self.relations if acting else frozenset()
        return policy.scopes(resource, act, relations, *states)


def pair_relations(
    request: HttpRequest, staff_member: StaffMember, supervisor_id: int
) -> frozenset[str]:
    reader = Person.of(request.user)
    found = policy.relations(request.user, staff_member) & {"own", "director"}
    if reader is not None and reader.pk == supervisor_id:
        found |= {"gave it"}
        if staff_met_by(reader).filter(pk=staff_member.pk).exists():
            found |= {"supervisor of its record"}
    return frozenset(found)


def _supervisors_of(staff_member: StaffMember) -> QuerySet[Person]:
    """Everybody who supervises somebody, or did, or gave them a session."""
    ties = SupervisionTie.objects.filter(staff_member=staff_member)
    given = Attendance.objects.filter(staff_member=staff_member)
    return Person.objects.filter(
        Q(pk__in=ties.values("supervisor"))
        | Q(pk__in=given.values("version__session__given_by"))
    )


def find_pair(request: HttpRequest, staff_pk: int, supervisor_pk: int) -> Pair:
    """A pair, whoever asks; what they may do with it is asked next."""
    reader = Person.of(request.user)
    if reader is None:
        raise Http404
    staff = StaffMember.objects.select_related("person", "agency")
    staff_member = get_object_or_404(staff, pk=staff_pk)
    supervisor = get_object_or_404(_supervisors_of(staff_member), pk=supervisor_pk)
    relations = pair_relations(request, staff_member, supervisor.pk)
    return Pair(staff_member, supervisor, reader, relations)


def allowed_pair(
    request: HttpRequest, key: tuple[int, int], resource: str, act: str, part: str
) -> Pair:
    """A pair with which the reader may do that, or 404."""
    pair = find_pair(request, *key)
    if part not in pair.may(resource, act):
        raise Http404
    return pair


@dataclass(frozen=True)
class Seat:
    """One attendance of a session, with what the reader sees of it."""

    attendance: Attendance
    relations: frozenset[str]

    def may(self, act: str) -> frozenset[str]:
        acting = act == "view" or self.attendance.staff_member.is_employed()
        relations = self.relations if acting else frozenset()
        return policy.scopes(SESSION, act, relations, "attended")

    @property
    def sees_words(self) -> bool:
        return "words" in self.may("view")


def seats_of(request: HttpRequest, session: SupervisionSession) -> list[Seat]:
    """Who attended by the newest version, as far as they exist for the reader."""
    rows = (
        Attendance.objects.visible_to(request.user)
        .current()
        .filter(version__session=session)
        .with_facts()
        .order_by("person__full_name")
    )
    return [
        Seat(row, pair_relations(request, row.staff_member, session.given_by_id))
        for row in rows
    ]


def visible_session(
    request: HttpRequest, pk: int
) -> tuple[SupervisionSession, list[Seat]]:
    """A session and who was there, or 404 for whoever may not know of it."""
    sessions = SupervisionSession.objects.visible_to(request.user)
    session = get_object_or_404(sessions.select_related("given_by"), pk=pk)
    seats = seats_of(request, session)
    if not any("facts" in seat.may("view") for seat in seats):
        raise Http404
    return session, seats


def tie_held(staff_member: StaffMember, supervisor: Person, on: datetime.date) -> bool:
    """Whether that person supervised somebody on that day, for whatever."""
    ties = SupervisionTie.objects.current(on).filter(staff_member=staff_member)
    return ties.filter(supervisor=supervisor).exists()


def own_staff(request: HttpRequest) -> QuerySet[StaffMember]:
    """One's own employments of today."""
    return (
        StaffMember.objects.employed(timezone.localdate())
        .filter(person=Person.of(request.user))
        .select_related("person", "agency")
    )
