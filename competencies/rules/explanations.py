"""Why a line is there and why its date is that date: data, and the sentence."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Why:
    """An explanation as data, kept with the date it explains.

    ``roles`` are keys; "" stands for everyone. ``waits_for`` is "", "hire date" or
    "return".
    """

    obligation: str
    roles: tuple[str, ...] = ()
    portion: str = ""
    firmness: str = "aim"
    on: datetime.date | None = None
    anchor: str = ""
    anchor_on: datetime.date | None = None
    offset: tuple[int, str] | None = None
    moved_days: int = 0
    aim_on: datetime.date | None = None
    waits_for: str = ""

    def as_data(self) -> dict[str, Any]:
        """What JSON can hold, without what is empty."""
        return {
            key: _plain(value)
            for key, value in vars(self).items()
            if value not in (None, "", 0, ())
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        values = dict(data)
        for key in ("on", "anchor_on", "aim_on"):
            if key in values:
                values[key] = datetime.date.fromisoformat(values[key])
        for key in ("roles", "offset"):
            if key in values:
                values[key] = tuple(values[key])
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def day(on: datetime.date, today: datetime.date | None = None) -> str:
    """A day as people say it: without the year when it is this one."""
    is_this_year = today is not None and on.year == today.year
    return _written(on, "j M" if is_this_year else "j M Y", get_language())


def month(on: datetime.date) -> str:
    return _written(on, "F Y", get_language())


@lru_cache(maxsize=2000)
def _written(on: datetime.date, form: str, language: str | None) -> str:
    """A plan names few days and names them often; ``language`` is the active one."""
    return dateformat.format(on, form)


def sentence(why: Why, reasons: Mapping[str, str]) -> str:
    """The explanation in the reader's language.

    ``reasons`` maps role keys to what completes "because you …".
    """
    parts = [_because(why, reasons), _date(why), _moved(why)]
    return " ".join(part for part in parts if part)


def _because(why: Why, reasons: Mapping[str, str]) -> str:
    if why.obligation == "recommended":
        return _("Recommended: open to you, required of other roles.")
    if why.portion == "didactic":
        what = _("The didactic portion is required")
    elif why.portion == "full":
        what = _("The full training is required")
    else:
        what = _("Required")
    if "" in why.roles or not why.roles:
        return _("%(what)s of everyone.") % {"what": what}
    because = _(" and ").join(str(reasons.get(key, key)) for key in why.roles)
    return _("%(what)s because you %(reason)s.") % {"what": what, "reason": because}


def _date(why: Why) -> str:
    if why.waits_for == "hire date":
        return _("The date waits for your hire date.")
    if why.waits_for == "return":
        return _("The date waits until your pause ends.")
    if why.on is None or why.anchor_on is None:
        return ""
    facts = {
        "date": day(why.on),
        "span": _span(why),
        "anchor": day(why.anchor_on),
        "since": _("when you took up that role")
        if why.anchor == "role"
        else _("your hire date"),
    }
    if why.firmness == "aim":
        return _("Aim for %(date)s: %(span)s after %(anchor)s, %(since)s.") % facts
    due = _("Due by %(date)s: %(span)s after %(anchor)s, %(since)s.") % facts
    aim = _("Aim for %(date)s.") % {"date": day(why.aim_on)} if why.aim_on else ""
    return f"{due} {aim}".strip()


def _span(why: Why) -> str:
    count, unit = why.offset or (0, "days")
    if unit == "months":
        text = ngettext("%(count)d month", "%(count)d months", count)
    else:
        text = ngettext("%(count)d day", "%(count)d days", count)
    return text % {"count": count}


def _moved(why: Why) -> str:
    if not why.moved_days or why.on is None:
        return ""
    text = ngettext(
        "A pause moved it by %(count)d day.",
        "Pauses moved it by %(count)d days.",
        why.moved_days,
    )
    return text % {"count": why.moved_days}
