"""What may be said of a certificate, and what a state pack says of awards."""

from .packs import AWARDS
from .telling import (
    UNKNOWN_TO_MACHINES,
    Disclosure,
    PublicFacts,
    State,
    initials,
    name_told,
    stands,
)

__all__ = [
    "AWARDS",
    "UNKNOWN_TO_MACHINES",
    "Disclosure",
    "PublicFacts",
    "State",
    "initials",
    "name_told",
    "stands",
]
