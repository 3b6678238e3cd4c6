"""Awards, and the certificates they lead to."""

from .certificates import (
    Award,
    Certificate,
    CertificateFile,
    Refusal,
    new_code,
)

__all__ = ["Award", "Certificate", "CertificateFile", "Refusal", "new_code"]
