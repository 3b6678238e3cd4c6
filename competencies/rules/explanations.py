"""Why a line is there and why its date is that date: data, and the sentence."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .days import day, day_of_a_year
from .histories import Noted, Precision

DAYS = {
    "on", "anchor_on", "aim_on", "fixed_on", "completed_on", "opens_on", "begins_on",
}  # fmt: skip
PAIRS = {"roles", "offset"}


@dataclass(frozen=True)
class Why:
    """An explanation as data, kept with the date it explains.

    ``roles`` are keys; "" stands for everyone. ``waits_for`` is "", "hire date" or
    "return". ``spared_days`` are those in which a fixed day each year is not due.
    ``by_example``: the roles are not the person's own; their plan starts from theirs.
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
    fixed_on: datetime.date | None = None
    spared_days: int = 0
    by_example: bool = False

    def as_data(self) -> dict[str, Any]:
        """What JSON can hold, without what is empty."""
        return _as_data(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(**_from_data(data))


@dataclass(frozen=True)
class RenewalWhy:
    """Why something falls due again. ``kind`` is "interval", "yearly", "retake" or
    "expiry"; the window for it opens on ``opens_on``.

    ``fixed_on`` is the day before a pause moved it. ``precision`` is what is known of
    the day it was completed.
    """

    kind: str
    completed_on: datetime.date | None = None
    precision: str = Precision.DAY
    on: datetime.date | None = None
    opens_on: datetime.date | None = None
    fixed_on: datetime.date | None = None
    begins_on: datetime.date | None = None
    offset: tuple[int, str] | None = None
    because: str = ""
    moved_days: int = 0
    waits_for: str = ""

    def as_data(self) -> dict[str, Any]:
        return _as_data(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(**_from_data(data))


def _as_data(why: Why | RenewalWhy) -> dict[str, Any]:
    return {
        key: _plain(value)
        for key, value in vars(why).items()
        if value not in (None, "", 0, ())
    }


def _from_data(data: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(data)
    for key in values.keys() & PAIRS:
        values[key] = tuple(values[key])
    for key, value in values.items():
        if key in DAYS:
            values[key] = datetime.date.fromisoformat(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


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
    if why.by_example:
        return _("%(what)s: your plan starts from that of people who %(reason)s.") % {
            "what": what,
            "reason": because,
        }
    return _("%(what)s because you %(reason)s.") % {"what": what, "reason": because}


def _date(why: Why) -> str:
    if why.waits_for == "hire date":
        return _("The date waits for your hire date.")
    if why.waits_for == "return":
        return _("The date waits until your pause ends.")
    if why.on is None or why.anchor_on is None:
        return ""
    if why.anchor == "yearly":
        return _fixed_date(why)
    facts = {
        "date": day(why.on),
        "span": _span(why.offset),
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


def _fixed_date(why: Why) -> str:
    facts = {"date": day(why.on), "fixed": day_of_a_year(why.fixed_on or why.on)}
    if why.firmness == "aim":
        text = _("Aim for %(date)s: it is taken by %(fixed)s each year.") % facts
    else:
        text = _("Due by %(date)s: it is due by %(fixed)s each year.") % facts
    if not why.spared_days:
        return text
    spared = ngettext(
        "Not in the first day after %(anchor)s.",
        "Not in the first %(count)d days after %(anchor)s.",
        why.spared_days,
    ) % {"count": why.spared_days, "anchor": day(why.anchor_on)}
    return f"{text} {spared}"


def _span(offset: tuple[int, str] | None) -> str:
    count, unit = offset or (0, "days")
    if unit == "months":
        text = ngettext("%(count)d month", "%(count)d months", count)
    else:
        text = ngettext("%(count)d day", "%(count)d days", count)
    return text % {"count": count}


def _moved(why: Why | RenewalWhy) -> str:
    if not why.moved_days or why.on is None:
        return ""
    text = ngettext(
        "A pause moved it by %(count)d day.",
        "Pauses moved it by %(count)d days.",
        why.moved_days,
    )
    return text % {"count": why.moved_days}


def renewal_sentence(why: RenewalWhy) -> str:
    """Why something falls due again, in the reader's language."""
    if why.waits_for == "return":
        return _("The date to renew waits until your pause ends.")
    facts = {
        "date": day(why.on),
        "completed": Noted(why.completed_on, why.precision).said(),
        "span": _span(why.offset),
        "fixed": day_of_a_year(why.fixed_on or why.on),
        "begins": day(why.begins_on) if why.begins_on else "",
    }
    told = RENEWED if why.precision == Precision.DAY else RENEWED_ABOUT
    text = told[why.kind] % facts
    if why.kind == "retake":
        return " ".join(part for part in (text, why.because, _moved(why)) if part)
    if why.moved_days:
        back = _("That day falls into a pause, so it is the day you are back.")
        return f"{text} {back}"
    return str(text)


RENEWED = {
    "interval": gettext_lazy(
        "Renew by %(date)s: %(span)s after you completed it on %(completed)s."
    ),
    "yearly": gettext_lazy(
        "Renew by %(date)s: it is renewed by %(fixed)s each year. You completed it on "
        "%(completed)s."
    ),
    "expiry": gettext_lazy(
        "Renew by %(date)s: what you completed on %(completed)s is valid until then."
    ),
    "retake": gettext_lazy(
        "To take again by %(date)s: %(span)s after %(begins)s, when everyone was asked "
        "to take it again."
    ),
}
RENEWED_ABOUT = {
    "interval": gettext_lazy(
        "Renew by %(date)s: %(span)s after the latest day on which you can have "
        "completed it (%(completed)s)."
    ),
    "yearly": gettext_lazy(
        "Renew by %(date)s: it is renewed by %(fixed)s each year. When you completed "
        "it: %(completed)s."
    ),
    "expiry": gettext_lazy(
        "Renew by %(date)s: what you completed (%(completed)s) is valid until then."
    ),
    "retake": RENEWED["retake"],
}
