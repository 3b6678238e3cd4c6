"""The secrets of second steps lie locked in the database.

A copy of the database alone makes no code: the lock's key comes from ``SECRET_KEY``,
and, while that is being changed, from ``SECRET_KEY_FALLBACKS`` too.
"""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"alongside, secrets of second steps"
SECRET_BYTES = 20

logger = logging.getLogger(__name__)


def lock(text: str) -> str:
    return _locks().encrypt(text.encode()).decode()


def unlock(locked: str) -> str:
    """What was locked; where no key fits, a secret that nobody knows, so that no code
    is right and another step or two people have to help."""
    try:
        return _locks().decrypt(locked.encode()).decode()
    except InvalidToken:
        logger.error("A second step cannot be read: is SECRET_KEY another one now?")
        return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived_from(key)) for key in keys])


def _derived_from(key: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
