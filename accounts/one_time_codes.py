"""The codes of an authenticator app (RFC 6238): six digits, another every half minute; pure."""

import base64
import secrets

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP

#: Seconds that one code is shown.
STEP = 30
#: Steps that the clock of a phone may be early or late.
SKEW = 1
DIGITS = 6


def new_secret() -> str:
    """160 bits, as an app takes them: base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    return _hotp(secret).generate(step).decode()


def step_of(secret: str, typed: str, *, at: float, after: int = 0) -> int | None:
    """The step that this code belongs to; None for a wrong one, and for one that was used.

    `after` is the step of the last code that was taken: it and all before are used up.
    """
    typed = "".join(typed.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    now = int(at) // STEP
    for step in range(now - SKEW, now + SKEW + 1):
        if step > after and secrets.compare_digest(code_at(secret, step), typed):
            return step
    return None


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """What the picture for the app says."""
    key = base64.b32decode(secret)
    totp = TOTP(key, DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303  (as apps do)
    return totp.get_provisioning_uri(account, issuer)


def picture_of(address: str) -> str:
    """A QR code as a data address: black on white, also on a dark page."""
    made = segno.make(address, error="m", micro=False)
    return made.svg_data_uri(border=3, scale=6, dark="#000", light="#fff", xmldecl=False)


def in_fours(secret: str) -> str:
    """To type by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _hotp(secret: str) -> HOTP:
    digest = SHA1()  # noqa: S303  (what every app that shows codes counts with)
    return HOTP(base64.b32decode(secret), DIGITS, digest, enforce_key_length=False)
