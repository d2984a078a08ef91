"""Inviting colleagues, and the page behind the link of an invitation."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitation_actions as actions
from accounts.access import StekRequest, allow
from accounts.ask_first import ask_first
from accounts.invitation_forms import AcceptForm, InviteForm
from accounts.invitation_mail import address_of, mail_leaves
from accounts.invitations import invitation_behind, lines, may_handle
from accounts.link_keys import hash_of
from accounts.models import Invitation
from accounts.roles import OFFICE
from accounts.sealed import UnreadableError, seal, unseal
from accounts.seeing import behind_key
from accounts.throttle import tries_too_often

#: Session key: the address that is to be handed over, sealed, until it is shown.
NEW_LINK = "invitation_link"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(OFFICE)
@sensitive_post_parameters("password")
def invitations(request: StekRequest) -> HttpResponse:
    """Who was invited and did not come yet, and a form for one more."""
    form = InviteForm(request, timezone.localdate())
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["request_id"]
        stek = request.membership.stek
        try:
            made = actions.invite(stek=stek, asked=form.asked(), request_id=key, by=request.user)
        except actions.OtherBodyError:
            form.refuse_key()
        except actions.AlreadyInvitedError:
            form.add_error("email", _("Voor dit adres is er al een uitnodiging. Kijk hieronder."))
        else:
            return _sent(request, made)
    context: dict[str, Any] = {
        "form": form,
        "lines": lines(request.membership, now=timezone.now()),
        "link": _link_once(request),
        "mails": mail_leaves(request.membership.stek),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/invitations.html", context, status=status)


def _sent(request: StekRequest, invitation: Invitation) -> HttpResponse:
    """By mail, or else the link is shown, once."""
    if mail_leaves(request.membership.stek):
        messages.success(request, _("De uitnodiging vertrekt zo dadelijk."))
    else:
        request.session[NEW_LINK] = seal(address_of(invitation))
    return redirect("accounts:invitations")


def _link_once(request: StekRequest) -> str:
    if request.method != "GET":  # a HEAD would throw it away unseen
        return ""
    try:
        return unseal(request.session.pop(NEW_LINK, ""))
    except UnreadableError:
        return ""


def _own(request: StekRequest, pk: int) -> Invitation:
    """Of this STEK, and for a role that this person may give."""
    rows = Invitation.objects.visible_to(request.membership)
    return get_object_or_404(may_handle(rows, request.membership), pk=pk)


@require_POST
@allow(OFFICE)
def invite_again(request: StekRequest, pk: int) -> HttpResponse:
    invitation = _own(request, pk)
    if (page := ask_first(request, request.user)) is not None:
        return page
    try:
        return _sent(request, actions.invite_again(invitation, by=request.user))
    except actions.OverError:
        messages.info(request, _("Deze uitnodiging is intussen aanvaard of ingetrokken."))
        return redirect("accounts:invitations")


@require_POST
@allow(OFFICE)
def withdraw(request: StekRequest, pk: int) -> HttpResponse:
    try:
        actions.withdraw_invitation(_own(request, pk), by=request.user)
    except actions.OverError:
        messages.info(request, _("Deze uitnodiging is intussen aanvaard of ingetrokken."))
    else:
        messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("accounts:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters("password1", "password2")
@behind_key(hash_of)
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Behind the link: a new account, or the one of who is signed in."""
    invitation = invitation_behind(key, now=timezone.now())
    if invitation is None:
        return _nobody(request)
    if request.user.is_authenticated:
        return _with_own_account(request, invitation)  # type: ignore[arg-type]  # signed in: a StekRequest
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        password = form.cleaned_data["password1"]
        try:
            user = actions.accept_with_new_account(invitation, user=form.user(), password=password)
        except actions.OverError:
            return _nobody(request)
        except actions.NameTakenError:
            form.name_taken()
        else:
            get_adapter(request).login(request, user)
            return _private(redirect("home"))
    query = urlencode({"next": request.path})
    context = {
        "form": form,
        "invitation": invitation,
        "sign_in": f"{reverse('account_login')}?{query}",
    }
    status = 422 if form.errors else 200
    return _private(render(request, "accounts/accept.html", context, status=status))


def _with_own_account(request: StekRequest, invitation: Invitation) -> HttpResponse:
    works_here = False
    if request.method == "POST":
        try:
            actions.accept_with_own_account(invitation, by=request.user)
        except actions.OverError:
            return _nobody(request)
        except actions.WorksHereError:
            works_here = True
        else:
            # Other rights from here on.
            request.session.cycle_key()
            messages.success(request, _("Welkom bij %s.") % invitation.stek)
            return _private(redirect("home"))
    context = {"invitation": invitation, "works_here": works_here}
    status = 422 if works_here else 200
    return _private(render(request, "accounts/accept_own.html", context, status=status))


def _nobody(request: HttpRequest) -> HttpResponse:
    """One page for what never was, was used, withdrawn or grew old: it tells nothing apart."""
    if tries_too_often("invitation", most=60, seconds=60, request=request):
        return _private(render(request, "429.html", status=429))
    return _private(render(request, "accounts/no_invitation.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, found by no search engine, in no log."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address
    return response
