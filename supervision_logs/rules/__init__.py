"""What can be said without a database: sections of a state pack, and check-ins."""

from .checkins import (
    OFTEN,
    PEOPLE,
    VISION,
    CheckIn,
    Dimension,
    How,
    person_fields,
    read,
    read_vision,
    written,
    written_vision,
)
from .packs import CREDIT_RULES, SUGGESTIONS, TARGETS, THEMES

__all__ = [
    "CREDIT_RULES",
    "OFTEN",
    "PEOPLE",
    "SUGGESTIONS",
    "TARGETS",
    "THEMES",
    "VISION",
    "CheckIn",
    "Dimension",
    "How",
    "person_fields",
    "read",
    "read_vision",
    "written",
    "written_vision",
]
