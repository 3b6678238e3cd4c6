"""What the sessions come to: a month to confirm, and what each week has of its
target."""

from .coverage import Coverage, coverage, held_by, purpose_asked
from .credit import credit_of
from .statements import (
    PairStatement,
    attested,
    line_of,
    lines_seen,
    months_of,
    statement_of,
    statements,
)

__all__ = [
    "Coverage",
    "PairStatement",
    "attested",
    "coverage",
    "credit_of",
    "held_by",
    "line_of",
    "lines_seen",
    "months_of",
    "purpose_asked",
    "statement_of",
    "statements",
]
