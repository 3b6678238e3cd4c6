"""What other apps add to the hub, under names that can be stored.

**Measures** are things that can be counted about people. An award says "35 of
supervision_logs.hours"; it knows the key, not the app. Apps add them with the hook
``register_lms_measures``: no argument, returns a list of ``Measure``.

**Data sets** fill a new database: the starter data every program begins with
(``register_lms_starter_data``) and the demonstration program
(``register_lms_demo_data``). Both: no argument, returns a ``DataSet`` whose ``load``
is safe to run again and returns a sentence for each thing it changed.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail import hooks


@dataclass(frozen=True)
class Measure:
    """``values(people, on)`` maps the primary keys of those people to an amount.

    A person missing from the answer is not counted here, which is never *met*.
    """

    key: str
    label: str
    values: Callable[[Iterable[Any], datetime.date], dict[int, Decimal]]


@dataclass(frozen=True)
class DataSet:
    label: str
    load: Callable[[], list[str]]
    order: int = 100


def all_measures() -> dict[str, Measure]:
    return {
        measure.key: measure
        for register in hooks.get_hooks("register_lms_measures")
        for measure in register()
    }


def _data_sets(hook: str) -> list[DataSet]:
    return sorted(
        (register() for register in hooks.get_hooks(hook)), key=lambda each: each.order
    )


def starter_data() -> list[DataSet]:
    return _data_sets("register_lms_starter_data")


def demo_data() -> list[DataSet]:
    return _data_sets("register_lms_demo_data")
