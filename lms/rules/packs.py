"""The sections of a state pack that the hub reads: names, helplines and roles."""

from .pack_files import Section
from .pack_shapes import Fields, Key, Text

NAMES = Section("names", Fields({"key": Key(), "title": Text(is_needed=True)}))

HELPLINES = Section(
    "helplines",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=120),
            "answered_by": Text(refers_to="names"),
            "phone": Text(is_needed=True, most=40),
            "note": Text(),
        }
    ),
)

ROLES = Section(
    "roles",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=100),
            "abbreviation": Text(most=20),
            "kind": Text(is_needed=True, choices=("is", "does")),
            "reason": Text(is_needed=True),
            "summary": Text(most=2000),
        }
    ),
)
