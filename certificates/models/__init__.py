"""Awards, who earned them, and the certificates they lead to."""

from .awards import Award, AwardRun
from .certificates import Certificate, CertificateFile, Doubt, Refusal, new_code
from .designs import Design, DesignRevision
from .earning import earned, earned_by, not_yet_issued

__all__ = [
    "Award",
    "AwardRun",
    "Certificate",
    "CertificateFile",
    "Design",
    "DesignRevision",
    "Doubt",
    "Refusal",
    "earned",
    "earned_by",
    "new_code",
    "not_yet_issued",
]
