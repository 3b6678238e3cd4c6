"""The section of a state pack that this room reads: what supervision may be about."""

from lms.rules import Fields, Key, Section, Text

THEMES = Section(
    "supervision_themes",
    Fields(
        {
            "key": Key(),
            "kind": Text(is_needed=True, choices=("theme", "component")),
            "title": Text(is_needed=True, most=100),
        }
    ),
)
