import datetime
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competencies.rules import Hold, PauseDays, plan_line, sentence
from competencies.rules.packs import PLANS, TOPICS, Row, rows_of
from lms.actions import text_of
from lms.conf import conf
from lms.rules import ROLES, PackFile, read_pack

SECTIONS = [ROLES, TOPICS, PLANS]


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date like 2026-11-30.") from error


def hold(text: str) -> Hold:
    role, _, taken_up = text.partition(":")
    return Hold(role, day(taken_up) if taken_up else None)


def pause(text: str) -> PauseDays:
    first, _, last = text.partition(":")
    days = PauseDays(day(first), day(last) if last else None)
    if days.ends_on and days.ends_on < days.starts_on:
        raise ArgumentTypeError(f"The pause “{text}” ends before it starts.")
    return days


class Command(BaseCommand):
    help = "Shows the state pack's plan for a mix of roles, by the rules alone."
    requires_system_checks: list = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--role",
            type=hold,
            action="append",
            required=True,
            help="a role's key, or key:date for the day it was taken up; repeatable",
        )
        parser.add_argument(
            "--hired", type=day, help="2026-11-30; leave out if unknown"
        )
        parser.add_argument(
            "--pause",
            type=pause,
            action="append",
            default=[],
            help="first:last day, both counted; without the last it still goes on",
        )
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        pack = read_pack(text_of(conf.state_pack), SECTIONS)
        if pack.faults or not pack.entries["plans"]:
            raise CommandError(
                f"{conf.state_pack} has no plan to show, or has faults. See: "
                f"manage.py pack validate {conf.state_pack}"
            )
        known = {role["key"]: role["reason"] for role in pack.entries["roles"]}
        for each in options["role"]:
            if each.role not in known:
                choices = ", ".join(sorted(known))
                self.stderr.write(f"“{each.role}” is not a role. Choose: {choices}.")
                raise SystemExit(2)
        lines = preview(
            first_plan(pack),
            known,
            holds=options["role"],
            hired_on=options["hired"],
            pauses=options["pause"],
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(lines, indent=2, ensure_ascii=False))
            return
        for line in lines:
            date = line["date"] or "open to you"
            self.stdout.write(f"{line['code']}  {date:11}  {line['title']}")
            self.stdout.write(f"       {line['why']}")


def first_plan(pack: PackFile) -> list[Row]:
    topics = {topic["code"]: topic["title"] for topic in pack.entries["topics"]}
    return rows_of(pack.entries["plans"][0], topics)


def preview(
    rows: Iterable[Row],
    reasons: Mapping[str, str],
    *,
    holds: Sequence[Hold],
    hired_on: datetime.date | None,
    pauses: Sequence[PauseDays],
) -> list[dict[str, Any]]:
    """What the rules make of the plan, line by line, for that mix of roles."""
    lines = []
    for row in rows:
        planned = plan_line(
            row.audiences,
            firmness=row.firmness,
            holds=holds,
            hired_on=hired_on,
            pauses=pauses,
            yearly=row.first_yearly,
        )
        if planned is not None:
            lines.append(
                {
                    "code": row.code,
                    "title": row.title,
                    "phase": row.phase,
                    "obligation": planned.obligation,
                    "portion": planned.portion or None,
                    "firmness": row.firmness,
                    "date": planned.due_on.isoformat() if planned.due_on else None,
                    "why": sentence(planned.why, reasons),
                }
            )
    return lines
