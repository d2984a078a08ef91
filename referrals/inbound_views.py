"""The page behind the private link of a referrer: ask access, and see what became of it.

Whoever holds the address may send: it is the key, so nothing else is asked and no cookie is set.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.seeing import behind_key
from accounts.throttle import tries_too_often
from people.actions import OtherBody
from referrals import inbound_actions as actions
from referrals.inbound import link_behind, sends_too_often, sent_with
from referrals.inbound_forms import AskForm
from referrals.models import InboundLink
from referrals.tokens import hash_of


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@login_not_required
@behind_key(hash_of)
def ask_access(request: HttpRequest, token: str) -> HttpResponse:
    """A short form; after it the same page says thanks and lists what was sent with this link."""
    link = link_behind(token)
    if link is None:
        return _nobody(request)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, stek=link.stek, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, link, form, status=422 if form.errors else 200)
    if sends_too_often(link, now=timezone.now()):
        return _closed(render(request, "429.html", status=429))
    key = form.cleaned_data["request_id"]
    try:
        actions.ask_access(link, asked=form.asked(), request_id=key, by=None)
    except OtherBody:
        form.refuse_key()
        return _page(request, link, form, status=422)
    address = reverse("inbound:ask_access", args=[token])
    return _closed(HttpResponseRedirect(f"{address}?verzonden=1"))


def _page(request: HttpRequest, link: InboundLink, form: AskForm, *, status: int) -> HttpResponse:
    context = {
        "link": link,
        "form": form,
        "sent": sent_with(link, now=timezone.now()),
        "thanks": request.method != "POST" and "verzonden" in request.GET,
    }
    return _closed(render(request, "inbound/ask.html", context, status=status))


def _nobody(request: HttpRequest) -> HttpResponse:
    """One page for what never was a link and for what was taken back: it tells nothing apart."""
    if tries_too_often("inbound", most=60, seconds=60, request=request):
        return _closed(render(request, "429.html", status=429))
    return _closed(render(request, "inbound/unknown.html", status=404))


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, found by no search engine, told to no other page or log."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address
    return response
