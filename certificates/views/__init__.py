"""The pages of the holder, of the training team, and of anyone who checks."""

from .awards import award_give, award_run
from .desk import desk, desk_certificate, desk_keep, desk_reissue, desk_revoke
from .own import (
    certificate_correct,
    certificate_detail,
    certificate_download,
    certificate_list,
    wallet_download,
)
from .verify import verify, verify_facts, verify_start

__all__ = [
    "award_give",
    "award_run",
    "certificate_correct",
    "certificate_detail",
    "certificate_download",
    "certificate_list",
    "desk",
    "desk_certificate",
    "desk_keep",
    "desk_reissue",
    "desk_revoke",
    "verify",
    "verify_facts",
    "verify_start",
    "wallet_download",
]
