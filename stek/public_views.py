"""What anybody may see without signing in: the page of a STEK, its calendars, its poster."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.seeing import seeing
from places.languages import LANGUAGES, VisitorLanguage, language_of
from places.models import Stek
from stek.calendar_feed import Feed, calendar_of
from stek.poster import Paper, Poster
from stek.public import PublicPage
from stek.public_cache import Place, kept, places


def first_public(request: HttpRequest) -> HttpResponse:
    """`/` for a visitor: the first STEK of this installation, or word that there is none."""
    if not (there := places()):
        return render(request, "no_stek.html")
    return _page(request, there[0], there, cache_control="no-cache")


@require_safe
@login_not_required
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one STEK."""
    there = places()
    return _page(request, _named(slug, there), there, cache_control="public, max-age=60")


@require_safe
@login_not_required
def first_calendar(request: HttpRequest) -> HttpResponse:
    """Everything of the first STEK of this installation."""
    if not (there := places()):
        raise Http404
    return _calendar(request, there[0], Feed.ALL)


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str, feed: Feed) -> HttpResponse:
    return _calendar(request, _named(slug, places()), feed)


@require_safe
@login_not_required
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet to print, on A4 or A3."""
    place, language = _named(slug, places()), _language(request)
    paper, address = Paper.of(request.GET.get("formaat", "")), _address(request, place)

    def make() -> str:
        with seeing([place.pk]):
            stek, today = Stek.objects.get(pk=place.pk), timezone.localdate()
            shown = Poster.of(stek, language, today=today, address=address)
        context = {"poster": shown, "paper": paper, "papers": [*Paper], "language": language}
        return render_to_string("public/poster.html", context | {"languages": LANGUAGES})

    body = kept(("poster", place, paper, address), language, make)
    return _answer(request, body, "public, max-age=60")


def _page(
    request: HttpRequest, place: Place, there: list[Place], *, cache_control: str
) -> HttpResponse:
    language, address = _language(request), _address(request, place)

    def make() -> str:
        with seeing([place.pk]):
            page = PublicPage.of(Stek.objects.get(pk=place.pk), language, now=timezone.now())
        others = [other for other in there if other != place]
        context = {"page": page, "others": others, "address": address}
        return render_to_string(
            "public/page.html", context | {"language": language, "languages": LANGUAGES}
        )

    body = kept(("page", place, len(there), address), language, make)
    return _answer(request, body, cache_control)


def _calendar(request: HttpRequest, place: Place, feed: Feed) -> HttpResponse:
    language, address = _language(request), _address(request, place)

    def make() -> bytes:
        with seeing([place.pk]):
            stek = Stek.objects.get(pk=place.pk)
            return calendar_of(stek, feed, language, now=timezone.now(), address=address)

    body = kept((feed, place, address), language, make)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{place.slug}-{feed.value}.ics"'
    response["Cache-Control"] = "public, max-age=600"
    return response


def _answer(request: HttpRequest, body: str, cache_control: str) -> HttpResponse:
    """The page, or word that the browser has it already."""
    response = HttpResponse(body)
    response["Cache-Control"] = cache_control
    response["ETag"] = etag = quote_etag(sha256(body.encode()).hexdigest()[:32])
    return get_conditional_response(request, etag=etag, response=response) or response


def _named(slug: str, there: list[Place]) -> Place:
    for place in there:
        if place.slug == slug:
            return place
    raise Http404


def _language(request: HttpRequest) -> VisitorLanguage:
    return language_of(request.GET.get("taal", ""))


def _address(request: HttpRequest, place: Place) -> str:
    """Of the public page, in full: for the code on the poster, and for calendars."""
    return request.build_absolute_uri(reverse("public", args=[place.slug]))
