"""What earns a certificate, what may be said of it, and what a state pack holds."""

from .designs import (
    WORDINGS,
    Language,
    Paper,
    Style,
    UnfitPicture,
    picture,
    size_of,
)
from .earning import (
    MOST_SIGNERS,
    ONCE,
    Earned,
    Rule,
    names_among,
    rounds,
    signers_of,
    taken_anew,
)
from .packs import AWARDS
from .renewing import STEPS, step_due
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
    "MOST_SIGNERS",
    "ONCE",
    "STEPS",
    "UNKNOWN_TO_MACHINES",
    "WORDINGS",
    "Disclosure",
    "Earned",
    "Language",
    "Paper",
    "PublicFacts",
    "Rule",
    "State",
    "Style",
    "UnfitPicture",
    "initials",
    "name_told",
    "names_among",
    "picture",
    "rounds",
    "signers_of",
    "size_of",
    "stands",
    "step_due",
    "taken_anew",
]
