"""How a day is said, in the reader's language."""

import datetime
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import get_language


def day(on: datetime.date, today: datetime.date | None = None) -> str:
    """A day as people say it: without the year when it is this one."""
    is_this_year = today is not None and on.year == today.year
    return _written(on, "j M" if is_this_year else "j M Y", get_language())


def month(on: datetime.date) -> str:
    return _written(on, "F Y", get_language())


def day_of_a_year(on: datetime.date) -> str:
    return _written(on, "j F", get_language())


@lru_cache(maxsize=2000)
def _written(on: datetime.date, form: str, language: str | None) -> str:
    """A plan names few days and names them often; ``language`` is the active one."""
    return dateformat.format(on, form)
