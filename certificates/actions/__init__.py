"""Everything that issues a certificate, or says something of one afterwards.

Keyword-only, atomic, given the acting person and the time.
"""

from .awarding import RUN, give_by_hand, give_to_all_who_earned, run_from_outbox
from .changing import (
    keep_certificate,
    let_go_of_twice,
    note_doubts,
    reissue_certificate,
    revoke_certificate,
)
from .issuing import (
    ISSUE,
    ask_for_earned_certificates,
    ask_for_newly_earned,
    issue_certificate,
    issue_from_outbox,
    try_refused_again,
)
from .packs import PACK_SECTION
from .reminding import REMIND, ask_for_reminders, remind_from_outbox

__all__ = [
    "ISSUE",
    "PACK_SECTION",
    "REMIND",
    "RUN",
    "ask_for_earned_certificates",
    "ask_for_newly_earned",
    "ask_for_reminders",
    "give_by_hand",
    "give_to_all_who_earned",
    "issue_certificate",
    "issue_from_outbox",
    "keep_certificate",
    "let_go_of_twice",
    "note_doubts",
    "reissue_certificate",
    "remind_from_outbox",
    "revoke_certificate",
    "run_from_outbox",
    "try_refused_again",
]
