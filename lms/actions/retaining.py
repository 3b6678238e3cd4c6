"""Letting go of what has been kept long enough."""

import calendar
import datetime
import functools
import operator
from collections.abc import Callable

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from lms import audit
from lms.models import Agency
from lms.privacy import WORDS, holdings, retention_rules


@transaction.atomic
def apply_retention(*, at: datetime.datetime, is_trial: bool = False) -> list[str]:
    """Let go of what is due; a sentence for each rule. A trial does the same, counts,
    and takes it all back.

    Apps bring their own work with the hook ``register_lms_expiring``, whose function
    returns, by the key of the rule, what does it: told the time, that says how many
    went.
    """
    expiring, said, facts = _expiring(), [], {}
    for rule in retention_rules():
        count = expiring[rule.key](at) if rule.key in expiring else 0
        if rule.is_silent:
            count = None
        else:
            facts[rule.key] = count
        said.append(
            _("%(what)s: %(lasts)s (%(source)s). %(count)s")
            % {
                "what": rule.label,
                "lasts": rule.lasts,
                "source": rule.source,
                "count": _said(count, is_trial=is_trial),
            }
        )
    if any(facts.values()):
        audit.record(
            act="retention.applied", actor=None, about=None, at=at, facts=facts
        )
    transaction.set_rollback(is_trial)
    return said


def _expiring() -> dict[str, Callable[[datetime.datetime], int]]:
    brought = [register() for register in hooks.get_hooks("register_lms_expiring")]
    return functools.reduce(operator.or_, brought, EXPIRING)


def _said(count: int | None, *, is_trial: bool) -> str:
    if count is None:
        return _("Nobody is told how many.")
    if not count:
        return _("Nothing is due.")
    if is_trial:
        text = ngettext("%(n)d would go.", "%(n)d would go.", count)
    else:
        text = ngettext("%(n)d is gone.", "%(n)d are gone.", count)
    return text % {"n": count}


def _let_words_go(at: datetime.datetime) -> int:
    """Of each employment that ended long enough ago, by the agency's own number."""
    count, today = 0, localdate(at)
    for agency in Agency.objects.all():
        day = _months_before(today, agency.words_kept_months)
        left = {
            "staff_member__agency": agency,
            "staff_member__left_on__lt": day,
        }
        for holding in holdings():
            for blanking in holding.blankings(WORDS):
                count += blanking.apply(holding.model._default_manager.filter(**left))
    return count


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _let_the_trail_go(at: datetime.datetime) -> int:
    return audit.expire(at=at)


EXPIRING: dict[str, Callable[[datetime.datetime], int]] = {
    "words": _let_words_go,
    "trail": _let_the_trail_go,
}
