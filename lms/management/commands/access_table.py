from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from lms import policy

HEAD = """\
# Who may see and do what

Made from `lms/permissions.csv` by `manage.py access_table > docs/who-may-see-what.md`;
a test fails when the two differ. What is not listed is not allowed.

*own* is a relation everybody has to their own records. *supervisor:plan* is a tie of
that scope in force today, *backup:plan* that of a stand-in, who always has a last day.
*director* directs the agency where the person works. What stands in brackets after the
relation must be so for the row to hold. *facts* are titles, dates, minutes, kind and
state; *words* are notes, reasons, goals, summaries and themes; *sealed* words are for
their author. *the site* is work in the background, asked for by an act of somebody.

| resource | allowed |
|---|---|
"""


class Command(BaseCommand):
    help = "Prints the access table as a page to read: one row for each resource."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = groupby(policy.permissions(), key=lambda each: each.resource)
        lines = [
            f"| {resource} | {'; '.join(map(_said, allowed))} |\n"
            for resource, allowed in rows
        ]
        self.stdout.write(HEAD + "".join(lines), ending="")


def _said(row: policy.Permission) -> str:
    state = "" if row.state == "any" else f" ({row.state})"
    return f"**{row.act}** {row.relation}{state}: {row.scope}"
