"""One's own account: what there is of it, and where one is signed in."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest
from accounts.audit import record
from accounts.models import Session
from accounts.second_factor import factor_of, is_needed
from accounts.sessions import end_sessions, handle_of


@require_safe
def account(request: StekRequest) -> HttpResponse:
    rows = Session.objects.of_user(request.user).live(timezone.now())
    mine = request.session.session_key
    sessions = [(row, handle_of(row.session_key), row.session_key == mine) for row in rows]
    context = {
        # The one in hand first, then by when they were last used.
        "sessions": sorted(sessions, key=lambda session: not session[2]),
        "factor": factor_of(request.user),
        "must": is_needed(request.user.current_memberships),
        "roles": request.user.current_memberships,
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: StekRequest) -> HttpResponse:
    """With the old one. Whoever has none yet can't give it, and is told where it comes from."""
    if not request.user.has_usable_password():
        messages.warning(
            request, _("Je account heeft nog geen wachtwoord. Je coördinator geeft je er een.")
        )
        return redirect("accounts:account")
    return allauth_views.password_change(request)


@require_POST
def end_session(request: StekRequest) -> HttpResponse:
    """One session elsewhere; what is not one's own, or is over, is no session here."""
    handle = request.POST.get("session", "")
    rows = Session.objects.of_user(request.user).other_than(request.session.session_key)
    row = next((row for row in rows if handle_of(row.session_key) == handle), None)
    if row is None:
        messages.info(request, _("Die sessie was al afgesloten."))
    else:
        row.delete()
        _note(request)
        messages.success(request, _("Daar ben je afgemeld."))
    return redirect("accounts:account")


@require_POST
def end_other_sessions(request: StekRequest) -> HttpResponse:
    ended = end_sessions(request.user, but=request.session.session_key)
    if ended:
        _note(request)
    text = ngettext(
        "Je bent op %(n)s andere plaats afgemeld.",
        "Je bent op %(n)s andere plaatsen afgemeld.",
        ended,
    )
    messages.success(request, text % {"n": ended})
    return redirect("accounts:account")


def _note(request: StekRequest) -> None:
    membership = request.membership
    stek_id = membership.stek_id if membership else None
    record("end_sessions", on=request.user, by=request.user, stek_id=stek_id)
