"""What the documents name exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECURITY_DOCS = [
    "SECURITY.md",
    "docs/asvs.md",
    "docs/hosting.md",
    "docs/threat-model.md",
]


@pytest.mark.parametrize("document", SECURITY_DOCS)
def test_every_test_and_file_that_is_named_exists(document):
    named = re.findall(r"`([\w./-]+)`", (ROOT / document).read_text())
    tests = {name for name in named if re.fullmatch(r"test_\w+", name)}
    paths = {
        name
        for name in named
        if re.fullmatch(
            r"(lms|competencies|content|certificates|tests|docs|\.ci)/\S+", name
        )
    }
    sources = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    assert {name for name in tests if f"def {name}(" not in sources} == set()
    assert {path for path in paths if not (ROOT / path).exists()} == set()
