"""Tokens and codes of the ways in: made from a nonce and the secret key, so they are kept nowhere.

Whoever reads the database finds hashes and nonces only; the nonce is worth nothing without the key.
"""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from django.conf import settings

#: Without 0, O, 1, I, L and U, which people mix up on paper or which spell words.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def token_of(nonce: UUID) -> str:
    """43 signs, 256 bits: the address of an answer page."""
    return base64.urlsafe_b64encode(_mac(b"answer", nonce)).rstrip(b"=").decode()


def code_of(nonce: UUID) -> str:
    """Ten letters for a printed letter, "ABCDE-FGHJK"; about 49 bits."""
    number = int.from_bytes(_mac(b"letter", nonce))
    signs = ""
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        signs += LETTERS[rest]
    return f"{signs[:5]}-{signs[5:]}"


def new_token() -> str:
    """For a link that is shown once and not made again."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is looked up; with the key, so that a short code can't be found by trying all."""
    mac = hmac.new(_key(), b"hash:" + token.encode(errors="replace"), hashlib.sha256)
    return mac.hexdigest()


def read_code(text: str) -> str:
    """A code as people type it: any case, with or without the dash and spaces."""
    kept = "".join(c for c in text.upper() if c.isalnum())[: CODE_LENGTH + 1]
    return f"{kept[:5]}-{kept[5:]}"


def _mac(purpose: bytes, nonce: UUID) -> bytes:
    return hmac.new(_key(), purpose + b":" + nonce.bytes, hashlib.sha256).digest()


def _key() -> bytes:
    return hashlib.sha256(b"referrals.tokens" + settings.SECRET_KEY.encode()).digest()
