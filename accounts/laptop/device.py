"""Which trusted device a request comes from: the secret in its cookie, and the hash of it."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import TrustedDevice

#: Seconds that a laptop stays trusted without being used; each unlocking begins anew.
COOKIE_AGE = 365 * 24 * 60 * 60
#: Where a request keeps what was found.
KEPT = "trusted_device"


def cookie_name() -> str:
    return "__Host-stek-laptop" if settings.SESSION_COOKIE_SECURE else "stek-laptop"


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """A quick hash will do: nobody guesses 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def device_of(request: HttpRequest) -> TrustedDevice | None:
    """The trusted device that this browser is; asked once a request, and only with a cookie."""
    kept = vars(request)
    if KEPT not in kept:
        secret = request.COOKIES.get(cookie_name(), "")
        known = re.fullmatch(r"[\w-]{43}", secret, re.ASCII)
        kept[KEPT] = TrustedDevice.objects.with_secret_hash(hash_of(secret)) if known else None
    device: TrustedDevice | None = kept[KEPT]
    return device


#: What is being answered now, in this thread.
_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """What is logged meanwhile was asked from the laptop of this request."""
    before = _answered.set(request)
    try:
        yield
    finally:
        _answered.reset(before)


def device_here() -> TrustedDevice | None:
    """The trusted device that the answer in the making is for; None outside a request."""
    request = _answered.get()
    return device_of(request) if request is not None else None


def remember_device(response: HttpResponse, secret: str) -> None:
    """Hand the laptop its secret; a page can't read it."""
    response.set_cookie(
        cookie_name(),
        secret,
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def keep_trusted(request: HttpRequest, response: HttpResponse) -> None:
    """A laptop that is used does not fall out of trust by itself."""
    if device_of(request) is not None:
        remember_device(response, request.COOKIES[cookie_name()])
