"""A staff plan as the pages show it: phases of lines, each with its status and why."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from competencies.models import (
    Firmness,
    Obligation,
    Phase,
    PlanItem,
    SendBack,
    SignOff,
    StaffPlan,
    Training,
    TrainingTopic,
)
from competencies.rules import (
    Line,
    Noted,
    Progress,
    RenewalWhy,
    Status,
    Why,
    day,
    renewal_sentence,
    sentence,
    status_of,
)
from lms.models import Role

from .cycles import days_completed
from .turns import dates_in_order, key_of, priority_of

DATED: dict[Status, tuple[Callable[[PlanItem], datetime.date], Any]] = {
    Status.BOOKED: (lambda item: item.booked_on, gettext_lazy("Booked for %(date)s")),
    Status.WAITING: (
        lambda item: item.waiting_since,
        gettext_lazy("You applied %(date)s. No seat yet; that is not on you."),
    ),
    Status.TIME_TO_RENEW: (
        lambda item: item.renew_on,
        gettext_lazy("Time to renew: by %(date)s"),
    ),
}
OPEN = {
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.INTRODUCED,
    Status.SENT_BACK,
    Status.IN_PART,
    Status.TIME_TO_RENEW,
}
DONE = {Status.COMPLETE, Status.WAIVED}


@dataclass
class PlanLine:
    item: PlanItem
    status: Status
    why: str
    today: datetime.date
    continue_url: str = ""
    send_back: SendBack | None = None
    in_part: SignOff | None = None
    days_completed: list[Noted] = field(default_factory=list)

    @property
    def explanation(self) -> str:
        """Why the date that the line shows is that date."""
        return self.why if self.item.renew_on or not self.is_done else ""

    @property
    def earlier_days(self) -> list[Noted]:
        """When it was completed before the last time."""
        last = self.item.completed_on
        return [each for each in self.days_completed if last and each.on < last]

    @property
    def is_required(self) -> bool:
        return self.item.obligation == Obligation.REQUIRED

    @property
    def is_done(self) -> bool:
        return self.status in DONE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def date(self) -> datetime.date | None:
        return self.item.renew_on or self.item.date

    @property
    def is_deadline(self) -> bool:
        return self.item.firmness == Firmness.DEADLINE

    @property
    def is_to_look_at(self) -> bool:
        """An aim whose date has passed; only a deadline is ever late."""
        has_passed = self.is_open and self.date and self.date < self.today
        return bool(has_passed and not self.is_deadline and self.is_required)

    @property
    def news(self) -> str:
        """What is to be said of the line's date."""
        if self.is_done and self.item.completed_on:
            return self._said_of_what_is_done()
        if self.status == Status.AWAITING:
            text = _("Finished %(date)s · awaiting sign-off")
            return text % {"date": self.item.completion.record.noted.said(self.today)}
        dated = DATED.get(self.status)
        if dated is None:
            return self._said_of_what_is_open()
        on, text = dated
        return text % {"date": self._day(on(self.item))}

    def _day(self, on: datetime.date) -> str:
        return day(on, self.today)

    def _said_of_what_is_done(self) -> str:
        text = self.item.noted.said(self.today)
        if self.item.renew_on:
            renew = _("renew by %(date)s") % {"date": self._day(self.item.renew_on)}
            return f"{text} · {renew}"
        return text

    def _said_of_what_is_open(self) -> str:
        if self.status == Status.WAIVED:
            return str(self.item.get_waived_as_display()).capitalize()
        if self.date is None:
            return str(self.status.label) if self.is_required else ""
        text = _("due %(date)s") if self.is_deadline else _("aim for %(date)s")
        said = text % {"date": self._day(self.date)}
        if self.status in {Status.INTRODUCED, Status.SENT_BACK, Status.IN_PART}:
            return f"{self.status.label} · {said}"
        return said

    @property
    def mark(self) -> str:
        """The icon in front of the line."""
        if self.is_done:
            return "check"
        return {
            Status.AWAITING: "clock",
            Status.SENT_BACK: "send-back",
            Status.BOOKED: "calendar",
            Status.WAITING: "clock",
            Status.INTRODUCED: "half",
            Status.IN_PROGRESS: "half",
            Status.IN_PART: "half",
        }.get(self.status, "dot")


@dataclass
class PhasePart:
    """A phase with its lines; ``state`` is done, now or ahead."""

    phase: Phase
    lines: list[PlanLine]
    state: str = "ahead"

    @property
    def required(self) -> list[PlanLine]:
        return [line for line in self.lines if line.is_required]

    @property
    def offered(self) -> list[PlanLine]:
        return [line for line in self.lines if not line.is_required]

    @property
    def done(self) -> int:
        return sum(
            line.item.completed_on is not None or line.is_done for line in self.required
        )

    @property
    def total(self) -> int:
        return len(self.required)


def status_of_item(item: PlanItem, on: datetime.date) -> Status:
    again = RenewalWhy.from_data(item.renew_because) if item.renew_on else None
    line = Line(
        progress=Progress(item.progress),
        is_wanted=bool(item.obligation),
        booked_on=item.booked_on,
        waiting_since=item.waiting_since,
        introduced_on=item.introduced_on,
        renewal_opens_on=again and again.opens_on,
    )
    return status_of(line, on)


class Reasons:
    """Puts explanations into sentences; many lines of a plan share theirs."""

    def __init__(self) -> None:
        self.by_role = dict(Role.objects.values_list("key", "reason"))
        self.said: dict[Why | RenewalWhy, str] = {}

    def why(self, item: PlanItem) -> str:
        """Why the date that counts is that date: the renewal's, once it is complete."""
        if item.renew_because:
            return self._why_again(RenewalWhy.from_data(item.renew_because))
        if not item.because:
            return ""
        why = Why.from_data(item.because)
        if why not in self.said:
            self.said[why] = sentence(why, self.by_role)
        return self.said[why]

    def _why_again(self, why: RenewalWhy) -> str:
        if why not in self.said:
            self.said[why] = renewal_sentence(why)
        return self.said[why]


def phases_of(
    request: HttpRequest, plan: StaffPlan, today: datetime.date
) -> list[PhasePart]:
    """The plan's phases in order, each line ready to be shown. Seven queries."""
    items = list(
        plan.items.in_plan_order().select_related(
            "requirement__phase", "topic", "completion__record", "agreed_by"
        )
    )
    reasons = Reasons()
    lines = [
        PlanLine(item, status_of_item(item, today), reasons.why(item), today)
        for item in items
    ]
    days = days_completed(request, plan)
    for line in lines:
        line.days_completed = days[line.item.topic_id]
    _add_continue_urls(request, [line for line in lines if line.is_open])
    _add_notes(request, lines)
    _add_what_is_needed(request, lines)
    return in_phases(lines)


def in_phases(lines: Iterable[PlanLine]) -> list[PhasePart]:
    """Lines in plan order as phases: done, now, or ahead.

    A line kept from an earlier version stands in the phase of the same key.
    """
    found: dict[str, PhasePart] = {}
    for line in lines:
        phase = line.item.requirement.phase
        found.setdefault(phase.key, PhasePart(phase, [])).lines.append(line)
    parts, now_seen = list(found.values()), False
    for part in parts:
        if part.done >= part.total:
            part.state = "done"
        elif not now_seen:
            part.state, now_seen = "now", True
    return parts


def _add_continue_urls(request: HttpRequest, lines: list[PlanLine]) -> None:
    """Where one can go on with a training of each topic."""
    rows = TrainingTopic.objects.filter(
        topic__in=[line.item.topic_id for line in lines], training__is_offered=True
    ).select_related("training")
    taught = defaultdict(list)
    for row in rows:
        taught[row.topic_id].append(row.training_id)
    links = links_to({row.training for row in rows}, request)
    for line in lines:
        found = (links.get(training) for training in taught[line.item.topic_id])
        line.continue_url = next(filter(None, found), "")


def links_to(trainings: Iterable[Training], request: HttpRequest) -> dict[int, str]:
    """Addresses where trainings can be taken, asked of every room at once."""
    links: dict[int, str] = {}
    if trainings:
        for find in hooks.get_hooks("register_lms_training_links"):
            links |= find(request, list(trainings))
    return links


def _add_notes(request: HttpRequest, lines: list[PlanLine]) -> None:
    back = {
        line.item.completion_id: line
        for line in lines
        if line.status == Status.SENT_BACK
    }
    if back:
        here = {line.item.staff_member_id for line in lines}
        notes = SendBack.objects.visible_to(request.user).filter(
            completion__in=back, staff_member__in=here
        )
        for note in notes.select_related("by").order_by("at"):
            back[note.completion_id].send_back = note


def _add_what_is_needed(request: HttpRequest, lines: list[PlanLine]) -> None:
    open_lines = {
        (line.item.completion_id, line.item.staff_member_id): line
        for line in lines
        if line.status == Status.IN_PART
    }
    if open_lines:
        visible = SignOff.objects.visible_to(request.user).in_force().in_part()
        completions = [completion for completion, _staff in open_lines]
        for each in visible.filter(completion__in=completions).select_related("signer"):
            if line := open_lines.get((each.completion_id, each.staff_member_id)):
                line.in_part = each


def next_step(parts: list[PhasePart]) -> PlanLine | None:
    """The one thing to do next: what was sent back, then the earliest date. A line
    that the two have put before others counts by the earliest date among them."""
    lines = [line for part in parts for line in part.required if line.is_open]
    dates = dates_in_order((line.item, line.date) for line in lines)
    return min(
        lines,
        key=lambda line: (
            line.status != Status.SENT_BACK,
            dates[key_of(line.item)] or datetime.date.max,
            priority_of(line.item),
            line.item.requirement.order,
        ),
        default=None,
    )
