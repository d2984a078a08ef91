"""What an installation says about the data it keeps: to anybody, to a coordinator, after a leak."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION, OFFICE
from places.languages import LANGUAGES, language_of
from places.models import Stek
from stek.breach import Breach
from stek.breach_forms import BreachForm
from stek.breach_tables import as_csv, tables
from stek.public_cache import places
from stek.register import NEVER, entries, statement
from stek.statement_words import WORDS

#: The languages in which the statement is written; another one is read in Dutch.
WRITTEN = tuple(one for one in LANGUAGES if one.code in WORDS)


@require_safe
@login_not_required
def first_privacy(request: HttpRequest) -> HttpResponse:
    """Of the first STEK of this installation."""
    if not (there := places()):
        raise Http404
    return privacy(request, there[0].slug)


@require_safe
@login_not_required
def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """The statement of one STEK, with its own terms."""
    stek = get_object_or_404(Stek, slug=slug)
    language = language_of(request.GET.get("taal", ""))
    language = language if language in WRITTEN else WRITTEN[0]
    context = {
        "stek": stek,
        "words": WORDS[language.code],
        "told": statement(stek, language.code),
        "never": NEVER.in_language(language.code),
        "language": language,
        "languages": WRITTEN,
    }
    response = render(request, "public/privacy.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
@allow(COORDINATION)
def register(request: StekRequest) -> HttpResponse:
    """The register of processing, to print."""
    stek = request.membership.stek
    context = {
        "stek": stek,
        "entries": entries(stek),
        "never": NEVER.nl,
        "today": timezone.localdate(),
    }
    return render(request, "privacy/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(OFFICE)
def breach(request: StekRequest) -> HttpResponse:
    """Who, what and when; the numbers of households only, also for an administrator."""
    stek = request.membership.stek
    # Of the calendar: who looked after midnight looked on that day.
    form = BreachForm(request, today=timezone.localdate())
    found = None
    if form.is_bound and form.is_valid():
        record_read("breach", on=None, by=request.user, stek_id=stek.pk)
        found = Breach.of(stek, form.asked())
        if request.POST.get("as") == "csv":
            answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
            answer.headers["Content-Disposition"] = 'attachment; filename="datalek.csv"'
            answer.headers["Cache-Control"] = "no-store"
            return answer
    may_open = request.membership.role in COORDINATION
    context: dict[str, Any] = {"form": form, "breach": found, "may_open": may_open}
    if found is not None:
        context |= {"tables": tables(found), "device": form.chosen_device()}
    return render(request, "privacy/breach.html", context, status=422 if form.errors else 200)
