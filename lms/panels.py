"""What the hub itself shows on the first page: who leaves, who signs, who asks."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from . import policy
from .dashboard import Panel, unsettled
from .models import (
    FactorReset,
    Leaving,
    NameChange,
    OneTimeCode,
    Person,
    StaffMember,
    SupervisionTie,
    signers_for,
    staff_directed_by,
    without_supervisor,
)
from .views.leaving import left_behind


class OwnPanel(Panel):
    """About the person who looks."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.person = Person.of(request.user)
        self.today = timezone.localdate()

    def is_shown(self) -> bool:
        return self.person is not None


def _paper_code(person: Person) -> OneTimeCode | None:
    """The code on paper that a director made for this person, while it can be used."""
    codes = person.one_time_codes.usable(timezone.now())
    paper = codes.filter(purpose=OneTimeCode.Purpose.WAY_BACK)
    return paper.select_related("made_by").first()


class LeftPanel(OwnPanel):
    """For somebody who has left: what this account still is."""

    order = 0
    template_name = "lms/panels/left.html"

    def is_shown(self) -> bool:
        return policy.has_left(self.request.user)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        last = self.person.staff_members.select_related("agency").order_by("left_on")
        return {
            "person": self.person,
            "staff_member": last.last(),
            "paper": _paper_code(self.person),
        }


class LeavingPanel(OwnPanel):
    """For somebody whose last day is noted: what is open, and who stays without a
    supervisor."""

    order = 5
    template_name = "lms/panels/leaving.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        ahead = Leaving.objects.filter(
            person=self.person, staff_member__left_on__gte=self.today
        )
        self.leaving = ahead.select_related("staff_member__agency").first()

    def is_shown(self) -> bool:
        return self.leaving is not None

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        staff_member = self.leaving.staff_member
        return {
            "staff_member": staff_member,
            "person": self.person,
            "paper": _paper_code(self.person),
            "unsettled": unsettled(self.request, staff_member),
            "left_behind": left_behind(
                self.request, staff_member, staff_member.left_on
            ),
        }


class NobodySignsPanel(OwnPanel):
    """Nobody is one's supervisor right now: who can sign instead."""

    order = 20
    template_name = "lms/panels/nobody_signs.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        own = StaffMember.objects.employed().filter(person=self.person)
        self.staff = list(without_supervisor(own, self.today).select_related("agency"))

    def is_shown(self) -> bool:
        return bool(self.staff)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "rows": [
                (each, self._last_supervisor(each), signers_for(each, self.today))
                for each in self.staff
            ]
        }

    def _last_supervisor(self, staff_member: StaffMember) -> SupervisionTie | None:
        ended = SupervisionTie.objects.main().filter(
            staff_member=staff_member, ends_on__lt=self.today
        )
        return ended.select_related("supervisor").order_by("ends_on").last()


class WithoutSupervisorPanel(OwnPanel):
    """For a director: whose plan nobody but the director can sign."""

    order = 30
    template_name = "lms/panels/without_supervisor.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.staff = []
        if policy.holds(request.user, "director"):
            others = staff_directed_by(request.user).exclude(person=self.person)
            alone = without_supervisor(others.employed(), self.today)
            self.staff = list(alone.select_related("person", "agency"))

    def is_shown(self) -> bool:
        return bool(self.staff)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"staff": self.staff}


class NamesPanel(OwnPanel):
    """For a director: who asks for another full name."""

    order = 40
    template_name = "lms/panels/names.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.changes = []
        if policy.holds(request.user, "director"):
            asked = NameChange.objects.visible_to(request.user).waiting()
            others = asked.exclude(person=self.person).select_related("person")
            self.changes = list(others)

    def is_shown(self) -> bool:
        return bool(self.changes)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"changes": self.changes, "csrf_token": get_token(self.request)}


class ResetsPanel(OwnPanel):
    """Lost second steps: those that wait for one's second look, and one's own."""

    order = 25
    template_name = "lms/panels/resets.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        now = timezone.now()
        waiting = FactorReset.objects.waiting_for(request.user, now)
        self.waiting = list(waiting.select_related("person", "asked_by"))
        about_me = FactorReset.objects.filter(person=self.person)
        self.own = list(about_me.select_related("asked_by", "settled_by")[:3])

    def is_shown(self) -> bool:
        return bool(self.waiting or self.own)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"waiting": self.waiting, "own": self.own}


class PrivateEmailPanel(OwnPanel):
    """Asked for early and calmly: how to reach one's own records after leaving."""

    order = 900
    template_name = "lms/panels/private_email.html"

    def is_shown(self) -> bool:
        staff = StaffMember.objects.filter(person=self.person, left_on=None)
        return (
            self.person is not None and not self.person.private_email and staff.exists()
        )

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {}
