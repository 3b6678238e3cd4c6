"""For whom a topic is, in words: the rows of the form as one sentence."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .dates import Offset, add
from .obligations import Audience
from .versions import SOME_DAY

EVERYONE = None
Alike = dict[tuple, list[str | None]]


def span(offset: Offset) -> str:
    """An offset as people say it."""
    if offset.unit == "months":
        text = ngettext("%(count)d month", "%(count)d months", offset.count)
    else:
        text = ngettext("%(count)d day", "%(count)d days", offset.count)
    return text % {"count": offset.count}


def audience_sentence(audiences: Iterable[Audience], names: Mapping[str, str]) -> str:
    """Such as "Required for FRSS and Clinician, within 3 months of hire or of taking up
    the role; recommended for everyone else." ``names`` maps role keys to names, and
    says in which order roles are named."""
    place = {role: number for number, role in enumerate(names)}
    rows = sorted(
        audiences,
        key=lambda row: (
            row.role is EVERYONE,
            place.get(row.role, len(place)),
            add(SOME_DAY, row.offset),
            repr(row),
        ),
    )
    parts = [
        *_parts(rows, names, "required"),
        *_parts(rows, names, "recommended"),
    ]
    if not parts:
        return _("For nobody yet.")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _parts(
    rows: Sequence[Audience], names: Mapping[str, str], obligation: str
) -> list[str]:
    is_required = obligation == "required"
    alike: Alike = {}
    for row in rows:
        if row.obligation == obligation:
            when = (row.offset, row.aim) if is_required else ()
            alike.setdefault((row.portion, *when), []).append(row.role)
    # Whoever is named comes before everyone else.
    groups = sorted(alike.items(), key=lambda group: EVERYONE in group[1])
    others = not is_required and any(row.role is not None for row in rows)
    return [
        _part(key, _whom(roles, names, others=others), is_required=is_required)
        for key, roles in groups
    ]


def _part(key: tuple, whom: str, *, is_required: bool) -> str:
    portion, *when = key
    told = {"whom": whom}
    if not is_required:
        text = {
            "": _("recommended for %(whom)s"),
            "didactic": _("the didactic portion recommended for %(whom)s"),
            "full": _("the full training recommended for %(whom)s"),
        }[portion]
        return text % told
    text = {
        "": _("required for %(whom)s"),
        "didactic": _("the didactic portion required for %(whom)s"),
        "full": _("the full training required for %(whom)s"),
    }[portion]
    return f"{text % told}, {_within(*when, of_all=whom == _('everyone'))}"


def _within(offset: Offset, aim: Offset | None, *, of_all: bool) -> str:
    if of_all:
        text = _("within %(span)s of hire")
    else:
        text = _("within %(span)s of hire or of taking up the role")
    said = text % {"span": span(offset)}
    if aim is None:
        return said
    return _("%(within)s, ideally within %(aim)s") % {
        "within": said,
        "aim": span(aim),
    }


def _whom(
    roles: Sequence[str | None], names: Mapping[str, str], *, others: bool
) -> str:
    if EVERYONE in roles:
        return _("everyone else") if others else _("everyone")
    told = [str(names.get(role, role)) for role in roles]
    if len(told) == 1:
        return told[0]
    return _("%(some)s and %(last)s") % {
        "some": ", ".join(told[:-1]),
        "last": told[-1],
    }
