"""The sections of a state pack that this room reads: what supervision may be about,
and how much of it there should be."""

from lms.rules import Fields, Key, Section, Text, Whole, YesNo

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

TARGETS = Section(
    "supervision_targets",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=100),
            "role": Text(refers_to="roles"),
            "minutes": Whole(is_needed=True, most=2400),
            "per": Text(is_needed=True, choices=("week", "month")),
            "format": Text(choices=("", "individual", "group")),
            "occasion": Text(choices=("", "planned", "on_demand")),
            "mode": Text(choices=("", "in_person", "video", "phone")),
            "purpose": Text(choices=("", "reflective", "administrative", "clinical")),
            "pro_rated": YesNo(),
            "source": Text(),
        }
    ),
)
