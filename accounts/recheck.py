"""Asks for the password again before something that a colleague at an open laptop must not do."""

import time

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from accounts.models import User

#: Seconds that one answer is good for.
GOOD_FOR = 15 * 60
KEY = "rechecked_at"


def is_rechecked(request: HttpRequest) -> bool:
    """Whether this person gave the password in this session, moments ago."""
    at = request.session.get(KEY)
    return isinstance(at, int) and 0 <= time.time() - at < GOOD_FOR


def recheck(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the password; too many wrong ones count as failed sign-ins."""
    right: bool = get_adapter(request).reauthenticate(user, password)
    if right:
        request.session[KEY] = int(time.time())
    return right
