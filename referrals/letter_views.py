"""The letter that a visitor takes along to a partner; it says nothing about who carries it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import TABLE
from referrals.models import AnswerLink, Referral
from referrals.tokens import code_of


@require_safe
@allow(TABLE)
def letter(request: StekRequest, pk: int) -> HttpResponse:
    """One sheet of A4 with the code, as long as it works."""
    rows = Referral.objects.visible_to(request.membership).counted().with_words()
    referral = get_object_or_404(rows, pk=pk)
    link = get_object_or_404(AnswerLink.objects.letter_of(referral))
    if not referral.may_be_told(timezone.localdate()):
        raise Http404
    record_read("letter", on=referral, by=request.user)
    context = {
        "referral": referral,
        "stek": request.membership.stek,
        "code": code_of(link.nonce),
        "month": link.letter_day,
        "until": link.expires_at,
        "address": f"{settings.PUBLIC_URL}{reverse('answers:code')}",
    }
    return render(request, "referrals/letter.html", context)
