"""One's own second factor: setting it up, its recovery codes, taking it away; and a colleague's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import factor_actions as actions
from accounts.access import StekRequest, allow
from accounts.factor_forms import AgainForm, SetUpForm
from accounts.models import Membership
from accounts.one_time_codes import address_of, in_fours, new_secret, picture_of
from accounts.roles import OFFICE
from accounts.sealed import UnreadableError, seal, unseal
from accounts.second_factor import codes_of, factor_of, is_needed, may_reset

#: Session keys: the secret that is being set up, sealed; and that new codes are to be shown.
SECRET, SHOW_CODES = "factor_secret", "factor_codes"
ISSUER = "Stek"


def _secret(request: HttpRequest) -> str:
    """The same one until it is set up: a page that is loaded again goes with the same picture."""
    try:
        return unseal(request.session.get(SECRET, ""))
    except UnreadableError:
        secret = new_secret()
        request.session[SECRET] = seal(secret)
        return secret


def _about(request: StekRequest) -> dict[str, Any]:
    """For the log and for the session that stays."""
    stek_id = request.user.current_memberships[0].stek_id if request.user.current_memberships else 0
    return {"stek_id": stek_id or None, "by": request.user}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "password")
def set_up(request: StekRequest) -> HttpResponse:
    """A picture and a key for the app; the first right code sets it up."""
    user = request.user
    if factor_of(user) is not None:
        return redirect("accounts:account")
    secret = _secret(request)
    form = SetUpForm(request, user, secret)
    if form.is_valid():
        keep = request.session.session_key or ""
        try:
            actions.set_up_factor(user, secret=secret, step=form.step, keep=keep, **_about(request))
        except actions.AlreadyThereError:
            return redirect("accounts:account")
        del request.session[SECRET]
        request.session[SHOW_CODES] = True
        return redirect("accounts:recovery_codes")
    context = {
        "form": form,
        "must": is_needed(user.current_memberships),
        "picture": picture_of(address_of(secret, account=user.username, issuer=ISSUER)),
        "key": in_fours(secret),
    }
    return render(request, "accounts/set_up_factor.html", context, status=_status(form))


@require_safe
def recovery_codes(request: StekRequest) -> HttpResponse:
    """Shown this once, right after they were made."""
    # A HEAD would use it up unseen.
    shown = request.method == "GET" and request.session.pop(SHOW_CODES, False)
    if not shown:
        return redirect("accounts:account")
    return render(request, "accounts/recovery_codes.html", {"codes": codes_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def renew_codes(request: StekRequest) -> HttpResponse:
    factor = factor_of(request.user)
    if factor is None:
        return redirect("accounts:account")
    form = AgainForm(request)
    if request.method == "POST" and form.is_valid():
        actions.renew_codes(request.user, **_about(request))
        request.session[SHOW_CODES] = True
        return redirect("accounts:recovery_codes")
    context = {"form": form, "factor": factor}
    return render(request, "accounts/renew_codes.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def remove(request: StekRequest) -> HttpResponse:
    """For another phone, or for good where nobody needs it."""
    if factor_of(request.user) is None:
        return redirect("accounts:account")
    form = AgainForm(request)
    must = is_needed(request.user.current_memberships)
    if request.method == "POST" and form.is_valid():
        keep = request.session.session_key or ""
        actions.remove_factor(request.user, keep=keep, **_about(request))
        messages.success(request, _("De extra code is weg."))
        return redirect("accounts:set_up_factor" if must else "accounts:account")
    context = {"form": form, "must": must}
    return render(request, "accounts/remove_factor.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(OFFICE)
@sensitive_post_parameters("password")
def reset(request: StekRequest, pk: int) -> HttpResponse:
    """For a colleague of this STEK who lost the phone and the recovery codes."""
    here = Membership.objects.of_stek(request.membership.stek).with_person()
    colleague = get_object_or_404(here, user__pk=pk).user
    may = may_reset(request.membership, Membership.objects.of_user(pk))
    form = AgainForm(request)
    factor = factor_of(colleague)
    if request.method == "POST" and may and factor and form.is_valid():
        stek = request.membership.stek
        actions.reset_factor(colleague, stek=stek, by=request.user)
        text = _("De extra code van %s is gewist. Deze collega is overal afgemeld.")
        messages.success(request, text % colleague)
        return redirect("admin:accounts_user_change", colleague.pk)
    context = {"form": form, "colleague": colleague, "factor": factor, "may": may}
    refused = request.method == "POST"
    return render(request, "accounts/reset_factor.html", context, status=422 if refused else 200)


def _status(form: Any) -> int:
    return 422 if form.errors else 200
