"""Themes, targets and credit rules, loaded from a state pack and written to one."""

import datetime
from collections.abc import Sequence
from typing import Any

from lms.actions import Changes, PackSection, without_defaults
from lms.models import Role
from lms.rules import Entry
from supervision_logs.models import CreditRule, Target, Theme
from supervision_logs.rules import CREDIT_RULES, TARGETS, THEMES

AS_IT_STANDS = ("title", "minutes", "per")
ANY_IF_EMPTY = ("format", "occasion", "mode", "purpose", "source")


def load_themes(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {"kind": entry["kind"], "title": entry["title"]}
        changes.put(Theme, {"key": entry["key"]}, values)


def write_themes(keys: Sequence[str]) -> list[Entry | None]:
    found = {
        row.key: without_defaults(
            THEMES.fields, {"key": row.key, "kind": row.kind, "title": row.title}
        )
        for row in Theme.objects.filter(key__in=keys)
    }
    return [found.get(key) for key in keys]


def load_targets(entries: Sequence[Entry], changes: Changes) -> None:
    roles = {role.key: role for role in Role.objects.all()}
    for entry in entries:
        values = {name: entry[name] for name in AS_IT_STANDS}
        values |= {name: entry.get(name, "") for name in ANY_IF_EMPTY}
        values["role"] = roles.get(entry.get("role", ""))
        values["is_pro_rated"] = entry.get("pro_rated", False)
        changes.put(Target, {"key": entry["key"]}, values)


def write_targets(keys: Sequence[str]) -> list[Entry | None]:
    rows = Target.objects.filter(key__in=keys).select_related("role")
    found = {row.key: _written(row) for row in rows}
    return [found.get(key) for key in keys]


def _written(row: Target) -> Entry:
    values = {name: getattr(row, name) for name in (*AS_IT_STANDS, *ANY_IF_EMPTY)}
    values["key"] = row.key
    values["role"] = row.role.key if row.role else ""
    values["pro_rated"] = row.is_pro_rated
    return without_defaults(TARGETS.fields, values)


MINUTES = 60
WORDS_OF_A_RULE = ("format", "purpose", "also_needs", "ask")
NUMBERS_OF_A_RULE = ("within_months", "at_least_months")


def load_credit_rules(entries: Sequence[Entry], changes: Changes) -> None:
    """What a rule says otherwise than before is a further version of it."""
    for entry in entries:
        values = _rule_values(entry)
        newest = CreditRule.objects.newest().filter(key=entry["key"]).first()
        is_same = newest and all(
            getattr(newest, name) == value for name, value in values.items()
        )
        if not is_same:
            version = newest.version + 1 if newest else 1
            changes.put(CreditRule, {"key": entry["key"], "version": version}, values)


def _rule_values(entry: Entry) -> dict[str, Any]:
    values = {name: entry[name] for name in ("title", "body", "source")}
    values |= {name: entry.get(name, "") for name in WORDS_OF_A_RULE}
    values |= {name: entry.get(name) for name in NUMBERS_OF_A_RULE}
    hours = entry.get("hours")
    return values | {
        "minutes": None if hours is None else round(hours * MINUTES),
        "is_majority_from_one": entry.get("majority_from_one", False),
        "other_providers": entry.get("other_supervisors"),
        "needs_both": entry.get("confirmed_by_both", False),
        "last_checked": datetime.date.fromisoformat(entry["last_checked"]),
    }


def write_credit_rules(keys: Sequence[str]) -> list[Entry | None]:
    rows = CreditRule.objects.newest().filter(key__in=keys)
    found = {row.key: _written_rule(row) for row in rows}
    return [found.get(key) for key in keys]


def _written_rule(row: CreditRule) -> Entry:
    same = ("key", "title", "body", "source", *WORDS_OF_A_RULE, *NUMBERS_OF_A_RULE)
    hours = None if row.minutes is None else row.minutes / MINUTES
    is_whole = hours is not None and hours == int(hours)
    values = {name: getattr(row, name) for name in same} | {
        "hours": int(hours) if is_whole else hours,
        "majority_from_one": row.is_majority_from_one,
        "other_supervisors": row.other_providers,
        "confirmed_by_both": row.needs_both,
        "last_checked": row.last_checked.isoformat(),
    }
    return without_defaults(CREDIT_RULES.fields, values)


PACK_SECTIONS = [
    PackSection(THEMES, load_themes, write_themes, model=Theme, order=80),
    PackSection(TARGETS, load_targets, write_targets, model=Target, order=90),
    PackSection(
        CREDIT_RULES,
        load_credit_rules,
        write_credit_rules,
        model=CreditRule,
        order=100,
    ),
]
