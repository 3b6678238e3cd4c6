"""Sealed texts: words that only their author can open.

``seal`` takes words and the place they belong to; what it returns holds ciphertext
alone. ``open_own`` gives them to the author and leaves no trace; ``open_shared`` gives
them to somebody the author shares them with, and writes that into the trail in the
same transaction. Whatever goes wrong raises: ``VaultClosedError`` when the key ring
is missing or not this database's, ``SealBrokenError`` when a text or key does not
open. There is no way around, and nothing is ever stored or returned in its place.

Each person has a data key for each class of text (``SealedKind``), made when they
join: call ``prepare`` or ``prepare_many`` wherever people are made. The keys of the
ring wrap them. Decisions 18 to 21 say why.
"""

from .backups import (
    back_up,
    export_data_keys,
    import_data_keys,
    keep_shredded,
    recall_shredded,
    restore,
)
from .envelope import SealBrokenError, TooLongError
from .keys import fault, init, prepare, prepare_many, rotate, shred
from .ring import VaultClosedError, ring_fault
from .texts import move, open_own, open_own_many, open_shared, seal, share
from .verifying import verify

__all__ = [
    "SealBrokenError",
    "TooLongError",
    "VaultClosedError",
    "back_up",
    "export_data_keys",
    "fault",
    "import_data_keys",
    "init",
    "keep_shredded",
    "move",
    "open_own",
    "open_own_many",
    "open_shared",
    "prepare",
    "prepare_many",
    "recall_shredded",
    "restore",
    "ring_fault",
    "rotate",
    "seal",
    "share",
    "shred",
    "verify",
]
