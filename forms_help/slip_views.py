"""The next-time slip: a preview with the languages beside it, and one A6 on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import TABLE
from forms_help.models import FollowUp
from forms_help.slip import Slip, language_of
from forms_help.slip_words import SLIP_WORDS
from visits.days import current_day


@require_safe
@allow(TABLE, pin=True)
def slip(request: StekRequest, pk: int) -> HttpResponse:
    """What a visitor takes home, in the language of `?taal=` or else of the household.

    Of a restricted household one sees only that.
    """
    mine = FollowUp.objects.visible_to(request.membership).select_related("household", "for_user")
    follow_up = get_object_or_404(mine, pk=pk)
    record_read("next_time_slip", on=follow_up, by=request.user)
    if follow_up.household is not None and follow_up.household.is_restricted:
        return render(request, "forms_help/slip_restricted.html", {"follow_up": follow_up})
    made = Slip.of(
        follow_up,
        language=language_of(follow_up, request.GET.get("taal", "")),
        stek=request.membership.stek,
        today=current_day(timezone.now()),
    )
    context = {"slip": made, "languages": SLIP_WORDS.values()}
    return render(request, "forms_help/slip.html", context)
