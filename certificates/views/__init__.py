"""The pages of the holder, and those for anyone who checks a certificate."""

from .own import certificate_detail, certificate_download, certificate_list
from .verify import verify, verify_facts, verify_start

__all__ = [
    "certificate_detail",
    "certificate_download",
    "certificate_list",
    "verify",
    "verify_facts",
    "verify_start",
]
