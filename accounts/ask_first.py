"""A page that asks for the password before something is saved, and keeps what was typed.

For forms that are not ours to add a field to, such as those of Django's admin: a sending that comes
too long after the last password is answered with this page. What was typed travels in it, sealed;
the right password lets it go on as if nothing had happened.
"""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recheck import is_rechecked, refusal
from accounts.sealed import UnreadableError, seal, unseal

#: Names of the two fields of that page.
PASSWORD, KEPT = "asked_password", "asked_kept"
#: Seconds that somebody may take to find the password.
MAX_AGE = 60 * 60


def ask_first(request: HttpRequest, user: User) -> HttpResponse | None:
    """None when it may go on: `request.POST` is then what was typed."""
    if request.method != "POST":
        return None
    if (sealed := request.POST.get(KEPT)) is None:
        return None if is_rechecked(request) else _page(request, user, request.POST.urlencode())
    typed = _typed(sealed, user, request.path)
    if typed is None:
        return _page(request, user, None, _("Dit duurde te lang. Ga terug en begin opnieuw."))
    password = request.POST.get(PASSWORD, "")
    if not is_rechecked(request):
        if not password:
            return _page(request, user, typed, _("Typ je wachtwoord."))
        if said := refusal(request, user, password):
            return _page(request, user, typed, said)
    request.POST = QueryDict(typed)
    return None


def _typed(sealed: str, user: User, path: str) -> str | None:
    """Only by who typed it, and only where."""
    try:
        kept = json.loads(unseal(sealed, max_age=MAX_AGE))
    except UnreadableError:
        return None
    return kept["body"] if (kept["user"], kept["path"]) == (user.pk, path) else None


def _page(request: HttpRequest, user: User, typed: str | None, error: str = "") -> HttpResponse:
    """422, because nothing was saved."""
    kept = {"user": user.pk, "path": request.path, "body": typed}
    context = {
        "path": request.get_full_path(),
        "kept": seal(json.dumps(kept)) if typed is not None else "",
        "error": error,
    }
    return render(request, "accounts/ask_first.html", context, status=422)
