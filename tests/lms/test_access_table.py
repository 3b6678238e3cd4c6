from io import StringIO
from pathlib import Path

from django.core.management import call_command

from tests.access import TABLE

PAGE = Path(__file__).parents[2] / "docs" / "who-may-see-what.md"


def test_the_page_for_people_says_what_the_table_says():
    printed = StringIO()
    call_command("access_table", stdout=printed)
    assert PAGE.read_text(encoding="utf-8") == printed.getvalue(), (
        "Run: manage.py access_table > docs/who-may-see-what.md"
    )


def test_each_resource_stands_there_once():
    rows = [r for r in PAGE.read_text(encoding="utf-8").splitlines() if r[:2] == "| "]
    assert len(rows) == len({row["resource"] for row in TABLE}) + 1
