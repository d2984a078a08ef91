"""The door of who has no account: the database shows the STEK behind the address they hold."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from accounts.seeing import seeing_behind
from referrals.tokens import hash_of


def behind_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view with `token` in its address; what it answers to a wrong one is up to itself."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        with seeing_behind(hash_of(token)):
            return view(request, token)

    return guarded
