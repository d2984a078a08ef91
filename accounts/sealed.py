"""Texts that the database may only hold sealed: with a key that stands outside of it.

For what must be read again, such as the secret of a second factor. What need only be recognised is
kept as a hash instead (`accounts.link_keys`).
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnreadableError(Exception):
    """Sealed with a key that is not here any more, changed, too old, or never sealed."""


def seal(text: str) -> str:
    """Readable with any of the keys of this installation; the first one seals."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str, *, max_age: int | None = None) -> str:
    """The text again; `max_age` is in seconds."""
    try:
        return _box().decrypt(sealed.encode(), ttl=max_age).decode()
    except (InvalidToken, UnicodeError) as error:
        raise UnreadableError from error


def reseal(sealed: str) -> str:
    """The same text, sealed with the first key; the moment of the first sealing stays."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise UnreadableError from error


def _box() -> MultiFernet:
    return _made(tuple(settings.ENCRYPTION_KEYS))


@lru_cache(maxsize=4)
def _made(keys: tuple[str, ...]) -> MultiFernet:
    digests = (hashlib.sha256(b"accounts.sealed:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
