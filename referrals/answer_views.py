"""The pages of a partner, who has no account: whoever holds the address, or a letter, may answer.

No cookie is set and nothing is kept (docs/decisions/0014). A link that does not work tells nothing
of why.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record_read
from accounts.seeing import behind_key, seeing_behind
from accounts.throttle import tries_too_often
from referrals.answer import AnswerPage, Found, find, find_letter
from referrals.answer_forms import CodeForm
from referrals.forms import StepForm
from referrals.links import make_link
from referrals.mails import may_renew, renew_link
from referrals.models import AnswerLink
from referrals.states import Happening, Source
from referrals.step_actions import note_step
from referrals.steps import MovedMeanwhile, NotNow
from referrals.tokens import hash_of, read_code, token_of


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@login_not_required
@behind_key(hash_of)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who it is about, and the answers; an answer comes back here."""
    found = find(token, now=timezone.now())
    if found is None or found.expired:
        return nothing(request, found)
    if request.method != "POST":
        return show(request, found, thanks="antwoord" in request.GET)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show(request, found, error=form.first_error(), form=form)
    data = form.cleaned_data
    try:
        note_step(
            found.referral,
            what=Happening(data["happening"]),
            reason=data["reason"],
            appointment=form.appointment(),
            version=data["version"],
            request_id=data["request_id"],
            source=Source.PARTNER,
            by=None,
        )
    except (MovedMeanwhile, NotNow):
        error = _("Intussen veranderde hier iets. Kijk wat er nu staat, en kies opnieuw.")
        return show_again(request, token, error)
    return closed(HttpResponseRedirect(f"{reverse('answers:answer', args=[token])}?antwoord=1"))


def show_again(request: HttpRequest, token: str, error: str) -> HttpResponse:
    """As it stands now; it may just have been withdrawn."""
    found = find(token, now=timezone.now())
    if found is None or found.expired:
        return nothing(request, found)
    return show(request, found, error=error)


def show(
    request: HttpRequest,
    found: Found,
    *,
    error: str = "",
    form: StepForm | None = None,
    thanks: bool = False,
) -> HttpResponse:
    record_read("partner_page", on=found.referral, by=None)
    page = AnswerPage.of(found.referral)
    context = {"page": page, "error": error, "form": form or StepForm(), "thanks": thanks}
    status = 422 if error else 200
    return closed(render(request, "answers/answer.html", context, status=status))


def nothing(request: HttpRequest, found: Found | None) -> HttpResponse:
    """Nobody is named; where the link only grew old, a new one can be mailed."""
    if found is not None:
        context = {"link": found.link, "may_renew": may_renew(found.referral)}
        return closed(render(request, "answers/expired.html", context, status=410))
    if tries_too_often("answer", most=60, seconds=60, request=request):
        return closed(render(request, "429.html", status=429))
    return closed(render(request, "answers/unknown.html", status=404))


@require_POST
@csrf_exempt
@login_not_required
@behind_key(hash_of)
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link, to the address of the partner that we know and to no other."""
    found = find(token, now=timezone.now())
    if found is None:
        return nothing(request, None)
    if not found.expired:
        return closed(HttpResponseRedirect(reverse("answers:answer", args=[token])))
    if not may_renew(found.referral):
        return nothing(request, found)
    renew_link(found.link, now=timezone.now())
    return closed(render(request, "answers/renewed.html"))


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """The way in of who holds a letter: its code and its month."""
    form = CodeForm(request.POST or None, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return closed(render(request, "answers/code.html", {"form": form}, status=status))
    if tries_too_often("code", most=5, seconds=300, request=request) or tries_too_often(
        "code", most=1000, seconds=3600, request=None
    ):
        return closed(render(request, "429.html", status=429))
    typed = form.cleaned_data["code"]
    with seeing_behind(hash_of(read_code(typed))):
        letter = find_letter(typed, form.chosen_month(), now=timezone.now())
        if letter is not None:
            entered = make_link(letter.referral, kind=AnswerLink.Kind.ENTERED, now=timezone.now())
            address = reverse("answers:answer", args=[token_of(entered.nonce)])
            return closed(HttpResponseRedirect(address))
    form.add_error(None, _("Deze code en maand horen niet bij elkaar. Kijk ze na op de brief."))
    return closed(render(request, "answers/code.html", {"form": form}, status=422))


def closed(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, found by no search engine, told to no other page or log."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address
    return response
