"""AES-256-GCM, with all that a text belongs to bound into it.

An envelope is one byte for the version of the format, a nonce of twelve random bytes,
and the ciphertext with its tag. Texts are padded to one of four sizes first.
"""

import json
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE = 12
TAG = 16
LENGTH = 4
SIZES = [1024, 4096, 16384, 65536]
LONGEST = SIZES[-1] - LENGTH


class SealBrokenError(Exception):
    """What is sealed does not open: it was changed or moved, or its key is gone."""


class TooLongError(ValueError):
    """The text does not fit into the largest size."""


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def _bound(binding: Sequence[str]) -> bytes:
    return VERSION + json.dumps(binding).encode()


def encrypt(key: bytes, content: bytes, binding: Sequence[str]) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, _bound(binding))


def decrypt(key: bytes, envelope: bytes, binding: Sequence[str]) -> bytes:
    if envelope[:1] != VERSION or len(envelope) < 1 + NONCE + TAG:
        raise SealBrokenError
    nonce, ciphertext = envelope[1 : 1 + NONCE], envelope[1 + NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _bound(binding))
    except InvalidTag:
        raise SealBrokenError from None


def pad(text: str) -> bytes:
    """The text and its length, filled up to the next size; any text comes back."""
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > LONGEST:
        raise TooLongError
    content = len(content).to_bytes(LENGTH) + content
    return content.ljust(next(size for size in SIZES if size >= len(content)), b"\0")


def unpad(content: bytes) -> str:
    length = int.from_bytes(content[:LENGTH])
    return content[LENGTH : LENGTH + length].decode("utf-8", "surrogatepass")
