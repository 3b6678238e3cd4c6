"""What a change for all comes to, and for how many, in sentences."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .audience_words import audience_sentence, span
from .versions import Diff, Kind, Outline, TopicChange

FEWEST = 5  # as in the permissions: cells of 5 or more


@dataclass(frozen=True)
class Foreseen:
    """What a version would come to for some people, counted without writing.

    ``touched`` have another plan then; for ``passed`` of them a required date would
    lie in the past that does not today.
    """

    people: int = 0
    touched: int = 0
    passed: int = 0


COUNTED: dict[Kind, Callable[[int], str]] = {
    Kind.ADDED: lambda n: ngettext(
        "%(count)d topic added", "%(count)d topics added", n
    ),
    Kind.REMOVED: lambda n: ngettext(
        "%(count)d topic taken out", "%(count)d topics taken out", n
    ),
    Kind.EARLIER: lambda n: ngettext(
        "%(count)d moved earlier", "%(count)d moved earlier", n
    ),
    Kind.LATER: lambda n: ngettext("%(count)d moved later", "%(count)d moved later", n),
    Kind.ASKED: lambda n: ngettext(
        "%(count)d asked of other people", "%(count)d asked of other people", n
    ),
}


def _counts(change: Diff) -> Iterator[str]:
    for kind, text in COUNTED.items():
        if count := change.count(kind):
            yield text(count) % {"count": count}
    if others := sum(COUNTED.keys().isdisjoint(each.kinds) for each in change.topics):
        yield ngettext(
            "%(count)d changed otherwise", "%(count)d changed otherwise", others
        ) % {"count": others}
    if change.is_reordered:
        yield _("another order")
    if change.phases_added or change.phases_removed or change.phases_changed:
        yield _("other phases")
    if change.is_checklist_changed:
        yield _("another checklist")


def summary(change: Diff) -> str:
    """Such as "3 topics added, 1 moved earlier"."""
    return ", ".join(_counts(change)) or _("Nothing differs")


def foreseen_sentence(foreseen: Foreseen, *, is_statewide: bool) -> str:
    """Such as "214 people: the plan changes for 190; for 12 a date would already have
    passed." Where it is about some of them, small numbers are not told: agencies are
    small."""
    if not foreseen.people:
        return _("Nobody’s plan is concerned.")
    if not is_statewide and foreseen.people < FEWEST:
        return _("Fewer than 5 people: too few to tell more without naming anyone.")
    people = ngettext("%(count)d person", "%(count)d people", foreseen.people)
    told = {
        "people": people % {"count": foreseen.people},
        "touched": _number(foreseen.touched, is_exact=is_statewide),
        "passed": _number(foreseen.passed, is_exact=is_statewide),
    }
    text = _(
        "%(people)s: the plan changes for %(touched)s; for %(passed)s a date would "
        "already have passed."
    )
    return text % told


def asked_again_sentence(people: int, *, is_statewide: bool) -> str:
    """For how many a retake order would be; of some roles alone, small numbers are not
    told."""
    if not people:
        return _("Nobody has completed it before that day, so nobody is asked.")
    if not is_statewide and people < FEWEST:
        return _("Fewer than 5 people are asked to take it again.")
    text = ngettext(
        "%(count)d person is asked to take it again.",
        "%(count)d people are asked to take it again.",
        people,
    )
    return text % {"count": people}


def _number(count: int, *, is_exact: bool) -> str:
    if count == 0:
        return _("nobody")
    if is_exact or count >= FEWEST:
        return str(count)
    return _("fewer than 5")


def faults(outline: Outline) -> list[str]:
    """What is to be put right before such a version can be published."""
    found = []
    if not outline.phases:
        found.append(_("There is no phase yet."))
    if not outline.parts:
        found.append(_("There is no topic yet."))
    filled = {part.phase for part in outline.parts}
    found += [
        _("“%(phase)s” has no topic. Add one, or take the phase out.")
        % {"phase": title}
        for key, title in outline.phases
        if key not in filled
    ]
    found += [
        _("“%(topic)s” is for nobody yet. Say for whom it is.") % {"topic": part.title}
        for part in outline.parts
        if not part.audiences
    ]
    return found


def details(change: Diff, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Each thing that differs: its title, and phrases on it."""
    found = [
        (each.part.title, list(_phrases(change, each, names))) for each in change.topics
    ]
    for titles, phrase in (
        (change.phases_added, _("a new phase")),
        (change.phases_removed, _("no longer a phase")),
        (change.phases_changed, _("the phase has another title")),
        (change.checklist_added, _("new on the checklist")),
        (change.checklist_removed, _("no longer on the checklist")),
        (change.checklist_changed, _("in other words on the checklist")),
    ):
        found += [(title, [phrase]) for title in titles]
    if change.is_checklist_reordered:
        found.append((_("Checklist"), [_("its entries stand in another order")]))
    if change.is_reordered:
        found.append((_("Order"), [_("topics or phases stand in another order")]))
    return found


def _phrases(
    change: Diff, topic: TopicChange, names: Mapping[str, str]
) -> Iterator[str]:
    before, after = topic.before, topic.after
    if after is None:
        yield _("taken out; what people completed or wrote stays with them")
        return
    if before is None:
        yield _("added to “%(phase)s”") % {"phase": change.after.title_of(after.phase)}
        yield audience_sentence(after.audiences, names)
        return
    for kind in Kind:
        if kind in topic.kinds and kind in SAID:
            yield SAID[kind](change, topic)
    if topic.kinds & {Kind.ASKED, Kind.DATES, Kind.EARLIER, Kind.LATER}:
        now = audience_sentence(after.audiences, names)
        was = audience_sentence(before.audiences, names)
        if now != was:
            yield _("Now: %(now)s Before: %(before)s") % {"now": now, "before": was}


def _phase(change: Diff, topic: TopicChange) -> str:
    return _("now in “%(now)s”, before in “%(before)s”") % {
        "now": change.after.title_of(topic.after.phase),
        "before": change.before.title_of(topic.before.phase),
    }


def _turns(change: Diff, topic: TopicChange) -> str:
    if not topic.after.turns:
        return _("no refreshers take turns any more")
    return _("refreshers take turns: %(trainings)s") % {
        "trainings": " · ".join(topic.after.turns)
    }


def _renewal(change: Diff, topic: TopicChange) -> str:
    if topic.after.yearly is not None:
        on = topic.after.yearly
        fixed = {"day": on.day, "month": MONTHS[on.month]}
        return _("to renew by %(day)d %(month)s each year") % fixed
    if topic.after.renewal is None:
        return _("no longer to renew")
    told = {"span": span(topic.after.renewal), "days": topic.after.renewal_notice_days}
    return _("to renew every %(span)s, from %(days)d days before") % told


SAID: dict[Kind, Callable[[Diff, TopicChange], str]] = {
    Kind.EARLIER: lambda _change, _topic: _("moved earlier"),
    Kind.LATER: lambda _change, _topic: _("moved later"),
    Kind.PHASE: _phase,
    Kind.ASKED: lambda _change, _topic: _("asked of other people"),
    Kind.DATES: lambda _change, _topic: _("other dates for some"),
    Kind.FIRMNESS: lambda _change, topic: (
        _("a deadline now")
        if topic.after.firmness == "deadline"
        else _("an aim now, no longer a deadline")
    ),
    Kind.RENEWAL: _renewal,
    Kind.SIGNED: lambda _change, topic: (
        _("signed by the supervisor now")
        if topic.after.is_signed
        else _("no longer signed by the supervisor")
    ),
    Kind.FAMILIES: lambda _change, topic: (
        _("part of “before you meet families” now")
        if topic.after.is_before_families
        else _("no longer part of “before you meet families”")
    ),
    Kind.TURNS: _turns,
}
