"""Everything about one household: who asks for it and why, and then the file."""

import time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record, record_read
from accounts.recheck import GOOD_FOR, is_rechecked
from accounts.roles import COORDINATION
from people.models import Household
from policy.typesetting import TypesetError
from stek.everything.files import make_json, make_pdf
from stek.everything.gather import Everything
from stek.household_views import of_who_it_is_now
from stek.rights_forms import EverythingForm

#: Session key: by household, when somebody said why, with the password given moments ago.
ASKED_KEY = "asked_everything"
#: So many are remembered.
MOST_ASKED = 20
FORMATS = {"pdf": "application/pdf", "json": "application/json"}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
@of_who_it_is_now
def everything(request: StekRequest, household: Household) -> HttpResponse:
    """Ask for it; the page then has the two files, for a quarter of an hour."""
    form = EverythingForm(request)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        record("everything", on=household, by=request.user, fields=[f"reason_{reason}"])
        asked = request.session.get(ASKED_KEY, {}) | {str(household.pk): int(time.time())}
        request.session[ASKED_KEY] = dict(list(asked.items())[-MOST_ASKED:])
        return redirect("people:everything", pk=household.pk)
    record_read("open", on=household, by=request.user)
    context = {
        "household": household,
        "form": form,
        "ready": _may_take(request, household),
        "formats": list(FORMATS),
    }
    return render(request, "people/everything.html", context, status=422 if form.errors else 200)


@require_safe
@allow(COORDINATION)
@of_who_it_is_now
def everything_file(request: StekRequest, household: Household, file_format: str) -> HttpResponse:
    """The file. Whoever takes it stands in the log before the first byte, and in the file too."""
    pk = household.pk
    if file_format not in FORMATS:
        raise Http404
    if not _may_take(request, household):
        return redirect("people:everything", pk=pk)
    record_read("everything_file", on=household, by=request.user)
    told = Everything.of(household, now=timezone.now())
    try:
        body = make_pdf(told) if file_format == "pdf" else make_json(told)
    except TypesetError:
        messages.error(request, _("De PDF lukte niet. Probeer het nog eens, of neem de JSON."))
        return redirect("people:everything", pk=pk)
    answer = HttpResponse(body, content_type=FORMATS[file_format])
    name = f"stek-{household.number}.{file_format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_take(request: StekRequest, household: Household) -> bool:
    """Why was said, and the password given, in the last quarter of an hour."""
    asked_at = request.session.get(ASKED_KEY, {}).get(str(household.pk))
    is_fresh = asked_at is not None and 0 <= time.time() - asked_at < GOOD_FOR
    return is_fresh and is_rechecked(request)
