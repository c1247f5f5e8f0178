"""Keeps the next refresh token, so that the one it was traded for opens it, and nothing else does.

A database that was stolen holds neither of the two.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"the refresh token that follows"
NONCE = 12
"""Bytes (NIST SP 800-38D, section 8.2)."""


def seal(presented: str, successor: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(presented).encrypt(nonce, successor.encode(), None)


def unseal(presented: str, sealed: bytes) -> str | None:
    """Open what was sealed with this token; None for any other."""
    try:
        opened = _cipher(presented).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError):
        return None
    return opened.decode()


def _cipher(presented: str) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return AESGCM(key.derive(presented.encode()))
