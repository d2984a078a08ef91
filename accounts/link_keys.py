"""Keys of links to colleagues: made from a nonce and the secret key, so they are kept nowhere."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings


def key_of(nonce: UUID) -> str:
    """43 signs, 256 bits."""
    return base64.urlsafe_b64encode(_mac(b"key:" + nonce.bytes)).rstrip(b"=").decode()


def hash_of(key: str) -> str:
    """What is looked up; whoever reads it in the database can't make the key of it."""
    return _mac(b"hash:" + key.encode(errors="replace")).hex()


def _mac(text: bytes) -> bytes:
    secret = hashlib.sha256(b"accounts.link_keys" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, text, hashlib.sha256).digest()
