"""On paper for the visitor: where to go, and what they agree to when their name is passed on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import TABLE
from places.models import Partner
from referrals.card import Card
from referrals.models import Referral
from referrals.visitor_words import VISITOR_WORDS, words_in


@require_safe
@allow(TABLE)
def card(request: StekRequest, pk: int) -> HttpResponse:
    """Where, when, what to bring, whom to ask for; no name and no theme, it is left on buses."""
    rows = Referral.objects.visible_to(request.membership).counted().unrestricted()
    rows = rows.with_words()
    referral = get_object_or_404(rows, pk=pk)
    record_read("referral", on=referral, by=request.user)
    own = referral.household.language if referral.household else ""
    words = words_in(request.GET.get("taal", ""), own)
    context = {"card": Card.of(referral, words), "referral": referral}
    return render(request, "referrals/card.html", context | {"languages": VISITOR_WORDS.values()})


@require_safe
@allow(TABLE, pin=True)
def consent_text(request: StekRequest) -> HttpResponse:
    """Five lines to show or to sign; for one partner when the address names it."""
    pk = request.GET.get("partner", "")
    partner = None
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        partner = get_object_or_404(Partner.objects.of_stek(request.membership.stek), pk=pk)
    words = words_in(request.GET.get("taal", ""))
    context = {
        "words": words,
        "lines": words.lines(partner.name if partner else "…"),
        "partner": partner,
        "languages": VISITOR_WORDS.values(),
    }
    return render(request, "referrals/consent.html", context)
