"""Who may open which door: the `allow` guard that every view of ours carries."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

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


def allow(
    roles: Collection[str], *, pin: bool = False, by_itself: bool = False
) -> Callable[[View], View]:
    """Let only these roles through; anybody else who is signed in gets a 403.

    `pin`: also for who is signed in with a PIN on a shared laptop. `by_itself`: a page asks for
    this every few seconds, so it does not say that somebody is there.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership: Membership | None = getattr(request, "membership", None)
            if membership is None:
                raise PermissionDenied
            if membership.by_pin and not pin:
                return refuse_pin(request)
            if membership.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]  # for the matrix
        guarded.open_to_pin = pin  # type: ignore[attr-defined]  # for the middleware
        guarded.asks_by_itself = by_itself  # type: ignore[attr-defined]  # likewise
        return cast("View", guarded)

    return guard


def open_to_pin(view: View) -> View:
    """A door for any account that opens with a PIN too, such as signing out."""
    view.open_to_pin = True  # type: ignore[attr-defined]  # for the middleware
    return view


def is_open_to_pin(view: Any) -> bool:
    """What is not said to be open is closed: pages of packages too. What needs no account is."""
    return bool(getattr(view, "open_to_pin", not getattr(view, "login_required", True)))


def opens(path: str, *, by_pin: bool) -> bool:
    """Whether there is a page at this path, and whether it opens with a PIN when that is all."""
    try:
        view = resolve(path.split("?", 1)[0]).func
    except Resolver404:
        return False
    return not by_pin or is_open_to_pin(view)


def refuse_pin(request: HttpRequest) -> HttpResponse:
    """One sentence, and the way to sign in with the password."""
    return render(request, "accounts/pin_only.html", status=403)
