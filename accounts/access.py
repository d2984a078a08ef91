"""Who may open which door: the `allow` guard that every view of ours carries."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import Membership, User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StekRequest(HttpRequest):
    """A request behind `allow`: somebody is signed in and holds a role in `membership.stek`.

    `user` is never anonymous here. Set by `accounts.middleware`; the STEK always comes from the
    membership, never from the address or a form.
    """

    user: User
    membership: Membership
    memberships: list[Membership]


def allow(roles: Collection[str]) -> Callable[[View], View]:
    """Let only these roles through; anybody else who is signed in gets a 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership: Membership | None = getattr(request, "membership", None)
            if membership is None or membership.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]  # for the matrix
        return cast("View", guarded)

    return guard
