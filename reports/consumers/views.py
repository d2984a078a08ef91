"""Where a coordinator gives consumers a token for the figures, and takes it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StekRequest, allow
from accounts.roles import COORDINATION
from people.actions import OtherBody
from places.models import Stek
from reports.consumers.actions import make_consumer, revoke_consumer
from reports.consumers.forms import ConsumerForm
from reports.consumers.lines import line_of, lines
from reports.models import Consumer

#: Session key: the token that was just made, until it is shown.
NEW_TOKEN = "consumer_token"  # noqa: S105  (a name, not a secret)


def _coordinated(request: StekRequest) -> list[Stek]:
    """The STEKs that this person may give away the figures of."""
    return [one.stek for one in request.memberships if one.role in COORDINATION]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def consumers(request: StekRequest) -> HttpResponse:
    """Who reads the figures of this STEK, and a form for one more; a new token is shown once."""
    coordinated = _coordinated(request)
    form = ConsumerForm(request, coordinated)
    if form.is_bound and form.is_valid():
        try:
            made = make_consumer(
                name=form.cleaned_data["name"],
                steks=form.chosen(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        else:
            # Sent twice: the session still has it, unless it was shown.
            if made.token:
                request.session[NEW_TOKEN] = (made.consumer.pk, made.token)
            return redirect("reports:consumers")
    made_pk, token = None, ""
    if request.method == "GET":  # a HEAD would throw it away unseen
        made_pk, token = request.session.pop(NEW_TOKEN, (None, ""))
    context: dict[str, Any] = {
        "form": form,
        "lines": lines(request.membership, coordinated),
        "made_pk": made_pk,
        "token": token,
        "address": request.build_absolute_uri(reverse("api:figures")),
    }
    return render(request, "reports/consumers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def revoke(request: StekRequest, pk: int) -> HttpResponse:
    """Says first what stops, because it can't be undone."""
    mine = Consumer.objects.visible_to(request.membership)
    consumer = get_object_or_404(mine.with_steks(), pk=pk)
    coordinated = _coordinated(request)
    if request.method != "POST":
        if consumer.is_revoked:
            raise Http404
        line = line_of(consumer, coordinated)
        return render(request, "reports/consumer_revoke.html", {"line": line})
    left = revoke_consumer(consumer, stek_ids=[stek.pk for stek in coordinated], by=request.user)
    if left:
        text = _("%s leest de cijfers van jouw STEK niet meer.")
    else:
        text = _("%s is ingetrokken: het token werkt niet meer.")
    messages.success(request, text % consumer)
    return redirect("reports:consumers")
