"""A form that was sent after its session ended: nothing is written, and nothing is lost.

The typed fields travel, encrypted, with the sign-in page. Who signs in again with the same account
sees them and decides; somebody else does not get to see them. The `request_id` in the form makes
sending it twice harmless.
"""

import re

from allauth.account.forms import LoginForm
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.sealed_values import seal_value, unseal_value

#: Names that must never come back in a page.
NOT_KEPT = frozenset({
    "csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "new_password",
    "code", "asked_password", "asked_kept", "pin", "pin_again",
})  # fmt: skip
#: Names whose value is a key or a code: they go along, but say nothing to who typed them.
CODED = frozenset({
    "request_id", "opening", "version", "visit", "household", "theme", "help_types", "outcome",
    "unmet_reason", "minutes", "documents", "for_whom", "health_seen", "only", "reason", "set",
    "present", "question", "back", "with_visitors", "signals", "bundle", "move", "to", "owner",
    "subject", "file_format", "with_names", "seen", "_save",
})  # fmt: skip
CODE = re.compile(r"[a-z_]+", re.ASCII)
#: Signed cookie with the id of the account that signed in last in this browser session.
OWNER_COOKIE = "stek-owner"
SALT = "accounts.resume"
#: Seconds that a form can be picked up again.
MAX_AGE = 8 * 60 * 60
#: More characters than this is an import, not something that was typed.
MOST = 20_000

Fields = list[tuple[str, str]]


def typed_fields(request: HttpRequest) -> Fields:
    """What somebody typed, without passwords and the form's own key."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
        if isinstance(value, str)
    ]


def readable(fields: Fields) -> Fields:
    """What somebody recognises of it: texts, numbers and days, no codes.

    A reason is a code in most forms, and in their own words in some.
    """
    return [
        (name, value)
        for name, value in fields
        if value and (name not in CODED or (name == "reason" and not CODE.fullmatch(value)))
    ]


def too_long(fields: Fields) -> bool:
    return sum(len(name) + len(value) for name, value in fields) > MOST


def remember_owner(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Note in this browser whose forms it holds, for as long as a session may last."""
    response.set_signed_cookie(
        OWNER_COOKIE,
        str(user_id),
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def owner_of(request: HttpRequest) -> int | None:
    """Whose form this is: of the session that ended just now, else of who signed in last here."""
    ended: int | None = getattr(request, "ended_user_id", None)
    if ended is not None:
        return ended
    try:
        return int(request.get_signed_cookie(OWNER_COOKIE, salt=SALT, max_age=MAX_AGE) or "")
    except (KeyError, ValueError, signing.BadSignature):
        return None


def _pack(request: HttpRequest) -> str:
    """The form as an encrypted text, or an empty text when there is nothing to keep."""
    fields = typed_fields(request)
    owner = owner_of(request)
    if owner is None or not fields or too_long(fields):
        return ""
    return seal_value({"path": request.path, "fields": fields, "owner": owner}, purpose=SALT)


def unpack(packed: str, *, user_id: int) -> tuple[str, Fields] | None:
    """The path and fields, for the account that typed them only."""
    kept = unseal_value(packed, purpose=SALT, max_age=MAX_AGE)
    if kept is None or kept["owner"] != user_id:
        return None
    return kept["path"], [(name, value) for name, value in kept["fields"]]


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the typed form in it; 403, because nothing was done."""
    kept = _pack(request)
    context = {
        "form": LoginForm(request=request),
        "kept": kept,
        "notice": _("Je was afgemeld. Meld je opnieuw aan: wat je typte, staat klaar.")
        if kept
        else _("Je was afgemeld. Meld je opnieuw aan."),
    }
    return render(request, "account/login.html", context, status=403)


def offer(request: HttpRequest, path: str, fields: Fields) -> HttpResponse:
    """A page that shows what was typed, with one button to send it after all."""
    context = {"path": path, "fields": fields, "visible": readable(fields)}
    return render(request, "accounts/resume.html", context)
