"""The read API: frozen figures that may leave the house, as JSON, for a consumer with a token."""

from django.http import HttpRequest, HttpResponse

from reports.api.figures import one, the_list, words
from reports.api.filters import read_list, read_nothing, read_one, read_period, read_sum
from reports.api.guard import ConsumerRequest, for_everybody, with_token
from reports.api.openapi import document
from reports.api.problems import as_json, not_there
from reports.api.sums import the_sum


@with_token
def figures(request: ConsumerRequest) -> HttpResponse:
    """What there is."""
    return as_json(the_list(request, request.consumer, read_list(request.GET)))


@with_token
def report(request: ConsumerRequest, stek: str, period: str) -> HttpResponse:
    """One frozen report of one STEK."""
    kind, version = read_one(request.GET)
    about = read_period(period)
    found = one(request.consumer, stek, about, kind, version) if about else None
    if found is None:
        raise not_there()
    return as_json(found)


@with_token
def sums(request: ConsumerRequest, period: str) -> HttpResponse:
    """The same report of all STEKs of the consumer, added up."""
    kind, about = read_sum(request.GET), read_period(period)
    found = the_sum(request.consumer, about, kind) if about else None
    if found is None:
        raise not_there()
    return as_json(found)


@with_token
def meanings(request: ConsumerRequest) -> HttpResponse:
    """What each figure means."""
    read_nothing(request.GET)
    return as_json(words())


@for_everybody
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all this, for a machine."""
    answer = as_json(document(request.build_absolute_uri("/").rstrip("/")))
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@with_token
def unknown(request: ConsumerRequest, rest: str = "") -> HttpResponse:
    """Any other address under this one."""
    raise not_there()
