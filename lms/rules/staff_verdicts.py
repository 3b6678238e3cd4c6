"""Judges each line of a list of staff: new, changed, unchanged, or a reason.

Somebody is known again by the agency and the employee number, or by the e-mail where
there is no number. Nobody is guessed at, nobody merged: where two things point at two
people, the line says so and is left out.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .cells import NotUnderstood
from .staff_lists import EMPLOYMENT, PERSON, Kind, Known, Line, Roster, Verdict, keys_of

LATEST_HIRE = datetime.timedelta(days=366)
SHOWN = 6  # of many line numbers


def judge(
    lines: Sequence[Line],
    roster: Roster,
    *,
    today: datetime.date,
    coming: Collection[str] = frozenset(),
) -> list[Verdict]:
    """What every line comes to, in the order of the lines.

    ``coming`` are keys of people who stand in the same list but not among ``lines``.
    """
    verdicts = _without_twins([_verdict(line, roster, today) for line in lines])
    here = set(coming)
    for each in verdicts:
        is_here = each.known is None or not each.known.has_left(today)
        here |= keys_of(each.line) if each.kind != Kind.WRONG and is_here else set()
    checked = [_supervised(each, roster, here, today) for each in verdicts]
    followers = defaultdict(list)
    for place, line in enumerate(lines):
        followers[line.supervisor.lower()].append(place)
    left_out = [
        before.line
        for before, after in zip(verdicts, checked, strict=True)
        if before.kind != after.kind == Kind.WRONG
    ]
    while left_out:
        line = left_out.pop()
        here -= keys_of(line)
        for place in {at for key in keys_of(line) for at in followers[key.lower()]}:
            if checked[place].kind != Kind.WRONG:
                checked[place] = _supervised(verdicts[place], roster, here, today)
                if checked[place].kind == Kind.WRONG:
                    left_out.append(lines[place])
    return checked


def _verdict(line: Line, roster: Roster, today: datetime.date) -> Verdict:
    reasons = list(line.reasons)
    known, roles = None, ()
    try:
        known = _known(line, roster)
        roles = _roles(line, known, roster)
    except NotUnderstood as reason:
        reasons.append(str(reason))
    changes = _changes(line, known)
    reasons += _contradictions(line, known, today)
    if known is None and not reasons:
        reasons += _missing(line)
    has_news = bool(changes or roles)
    if has_news and known and known.has_left(today):
        reasons.append(
            _("%(name)s has left. A list changes nobody who has: see their page.")
            % {"name": known}
        )
    if reasons:
        return Verdict(line, Kind.WRONG, known, reasons=tuple(reasons))
    kind = Kind.NEW if known is None else Kind.CHANGED if has_news else Kind.UNCHANGED
    return Verdict(line, kind, known, changes, roles)


def _known(line: Line, roster: Roster) -> Known | None:
    """Who of this agency the line is about; nobody when the person is new."""
    if not keys_of(line) and line.reasons:
        return None  # one of them may be about the address
    if not keys_of(line):
        raise NotUnderstood(
            _(
                "Give an employee number or an e-mail, so that the person is found "
                "again next time."
            )
        )
    by_number = roster.by_number.get(line.employee_id) if line.employee_id else None
    by_address = roster.by_address.get(line.address, []) if line.address else []
    people = {each.person for each in by_address}
    if len(people) > 1:
        raise NotUnderstood(_("More than one person here has this address."))
    if by_number and people - {by_number.person}:
        raise NotUnderstood(
            _("The number is that of %(one)s, the address that of %(other)s.")
            % {"one": by_number, "other": by_address[0]}
        )
    if line.address in roster.taken and not by_address:
        raise NotUnderstood(
            _("This address is in use already. Each person needs their own.")
        )
    if by_number:
        return by_number
    return _known_by_address(line, by_address) or _stranger(line, roster)


def _known_by_address(line: Line, found: Sequence[Known]) -> Known | None:
    if not found:
        return None
    known = max(found, key=lambda each: each.values["left_on"] or datetime.date.max)
    if line.employee_id and known.values["employee_id"]:
        raise NotUnderstood(
            _("The address is that of %(name)s, whose employee number is another one.")
            % {"name": known}
        )
    return known


def _stranger(line: Line, roster: Roster) -> None:
    if line.values.get("full_name", "").casefold() in roster.without_a_key:
        raise NotUnderstood(
            _(
                "%(name)s works here already, with neither number nor address. Add one "
                "on their page, then nobody comes in twice."
            )
            % {"name": line.values["full_name"]}
        )


def _roles(line: Line, known: Known | None, roster: Roster) -> tuple[str, ...]:
    """The keys of the roles the person takes up by this line."""
    keys = []
    for text in line.values.get("roles", ()):
        key = roster.roles.get(text.casefold())
        if key is None:
            raise NotUnderstood(
                _("“%(role)s” is no role of this program.") % {"role": text[:60]}
            )
        keys.append(key)
    if known is None:
        return tuple(dict.fromkeys(keys))
    new = tuple(key for key in dict.fromkeys(keys) if key not in known.roles)
    since = line.values.get("roles_from", datetime.date.min)
    for key in new:
        if since <= known.ended.get(key, datetime.date.min) != datetime.date.min:
            raise NotUnderstood(
                _("“%(role)s” ended on %(day)s. Say from which later day it is held.")
                % {"role": roster.titles[key], "day": date_format(known.ended[key])}
            )
    return new


def _changes(line: Line, known: Known | None) -> dict[str, Any]:
    told = {
        key: line.values[key] for key in (*PERSON, *EMPLOYMENT) if key in line.values
    }
    if known is None:
        return told
    return {key: value for key, value in told.items() if _differs(key, value, known)}


def _differs(key: str, value: Any, known: Known) -> bool:
    if key == "email":
        return known.values[key].lower() != value.lower()
    return known.values[key] != value


def _contradictions(
    line: Line, known: Known | None, today: datetime.date
) -> Iterator[str]:
    both = {**(known.values if known else {}), **line.values}
    hired, left = both.get("hired_on"), both.get("left_on")
    if "hired_on" in line.values and hired > today + LATEST_HIRE:
        yield _("Hired on: that is more than a year ahead. Please check the year.")
    if hired and left and left < hired:
        yield _("Left on: the last day lies before the hire date.")


def _missing(line: Line) -> Iterator[str]:
    if "full_name" not in line.values:
        yield _("Nobody here has this number or address. A new person needs a name.")
    if "roles" not in line.values:
        yield _("A new person needs a role: the plan is made from it.")


def _without_twins(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Where several lines are about one person, none of them is guessed to be right."""
    same: dict[Any, list[int]] = defaultdict(list)
    for each in verdicts:
        about = {("number", each.line.employee_id), ("address", each.line.address)}
        about |= {("known", each.known.staff_member)} if each.known else set()
        for key in about:
            if key[1]:
                same[key].append(each.line.number)
    twins: dict[int, set[int]] = defaultdict(set)
    for numbers in same.values():
        for one in numbers if len(numbers) > 1 else ():
            twins[one].update(numbers[:SHOWN])
    return [_twin(each, twins.get(each.line.number, set())) for each in verdicts]


def _twin(verdict: Verdict, numbers: Collection[int]) -> Verdict:
    if not numbers:
        return verdict
    told = ", ".join(str(each) for each in sorted(numbers)[:SHOWN])
    reason = _("Lines %(numbers)s are about the same person. Keep one of them.")
    reasons = (*verdict.reasons, reason % {"numbers": told})
    return replace(verdict, kind=Kind.WRONG, reasons=reasons)


def _supervised(
    verdict: Verdict, roster: Roster, here: Collection[str], today: datetime.date
) -> Verdict:
    """The verdict with who supervises, or with a reason why that cannot be."""
    text = verdict.line.supervisor
    if not text or verdict.kind == Kind.WRONG:
        return verdict
    person = person_named(text, roster.supervisors)
    known = verdict.known
    if is_key(text, keys_of(verdict.line)) or (known and person == known.person):
        return _wrong(verdict, _("Supervisor: nobody supervises themselves."))
    if person is None and not is_key(text, here):
        return _wrong(
            verdict,
            _("Supervisor: nobody here has the address or number “%(text)s”.")
            % {"text": text[:60]},
        )
    if known and person is not None and person == known.supervisor:
        return verdict
    if known and known.has_left(today):
        return verdict
    kind = Kind.NEW if known is None else Kind.CHANGED
    return replace(verdict, kind=kind, supervisor=text)


def person_named(text: str, supervisors: Mapping[str, int]) -> int | None:
    return supervisors.get(text, supervisors.get(text.lower()))


def is_key(text: str, keys: Collection[str]) -> bool:
    return text in keys or text.lower() in keys


def _wrong(verdict: Verdict, reason: str) -> Verdict:
    return replace(verdict, kind=Kind.WRONG, reasons=(*verdict.reasons, reason))
