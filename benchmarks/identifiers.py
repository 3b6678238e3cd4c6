"""How well the check for identifiers does on sentences that people labelled.

    python benchmarks/identifiers.py

Recall: of the identifiers there are, how many are found, by kind. False alarms: of the
sentences without any, how many are asked about.
"""

import os
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
STAFF = "Nia Fontes Sam Okafor Clara Nguyen".casefold().split()


def sentences() -> list[tuple[set[str], str]]:
    lines = (HERE / "identifiers.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(set(kinds.split(",")) - {"none"}, text) for kinds, text in rows]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def measure() -> dict[str, float]:
    """Recall of all kinds together and share of false alarms, printed by the way."""
    from lms.identifiers import Kind, look_for

    meant, hit, alarms, clean = Counter(), Counter(), [], 0
    missed = []
    for kinds, text in sentences():
        found = look_for(text, known=STAFF)
        meant.update(kinds)
        hit.update(kinds & {each.kind.value for each in found})
        clean += not kinds
        if kinds - {each.kind.value for each in found}:
            missed.append(text)
        if not kinds and found:
            alarms.append((text, [each.text for each in found]))
    say(f"{len(sentences())} sentences, {meant.total()} identifiers")
    for kind in Kind.values:
        say(f"  {kind:8} {hit[kind]:3} of {meant[kind]:3} found")
    recall, alarmed = hit.total() / meant.total(), len(alarms) / clean
    say(f"Recall {recall:.0%}; false alarms in {alarmed:.0%} of {clean} sentences")
    for text in missed:
        say(f"  missed: {text}")
    for text, found in alarms:
        say(f"  false alarm: {text} {found}")
    return {"recall": recall, "false_alarms": alarmed}


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")
    import django

    django.setup()
    measure()
