"""What is held about people: by which field, for whose eyes, and for how long.

Every app says so in its own ``privacy.py``, a table joined by the hook
``register_lms_privacy`` (no argument, returns a list). In it stand:

``Holding``, what one model holds about a person: a heading for *My data*, what a
deletion does with the row, and the ``Fields`` that hold words or that fare otherwise
than their row. Each has a class of text. What is not left out, with a sentence that
says why, is in the person's download. ``acting`` names the fields that say who acted:
they stay in the record of the one it is about. A file goes along by ``file``. Where
the fields cannot speak for themselves, as in the trail or the vault, ``told`` takes
the person and returns rows to read, as dictionaries from a label to a text.

``Program``, models that hold the program's own words and point at nobody.

``Retention``, how long something stays, and who says so.

``Opening``, how it reads when somebody else opened words, see ``audit.opened``.

A field that points at a person or holds words and stands in no table fails
``tests/test_privacy_registry.py``, with a sentence that says what to add.
"""

from .deletion import Preview, preview_deletion
from .openings import openings_of, sentences_of
from .registry import (
    BLANK,
    DASH,
    ERASE,
    PROOF,
    SHRED,
    WORDS,
    Attached,
    Fate,
    Fields,
    Holding,
    Opening,
    Program,
    Retention,
    Text,
    faults,
    holdings,
    keep,
    openings,
    retention_rules,
)
from .takeout import Takeout, take_out

__all__ = [
    "BLANK",
    "DASH",
    "ERASE",
    "PROOF",
    "SHRED",
    "WORDS",
    "Attached",
    "Fate",
    "Fields",
    "Holding",
    "Opening",
    "Preview",
    "Program",
    "Retention",
    "Takeout",
    "Text",
    "faults",
    "holdings",
    "keep",
    "openings",
    "openings_of",
    "preview_deletion",
    "retention_rules",
    "sentences_of",
    "take_out",
]
