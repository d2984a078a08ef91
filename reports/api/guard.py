"""The door of the API: reading only, with the token of a consumer, and not too often.

No cookie is set and no session is touched. A token is looked up by its hash, so how long the
answer takes says nothing of how much of it was right.
"""

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from accounts.throttle import tries_too_often
from referrals.tokens import hash_of
from reports.api.problems import ProblemError, no_token, only_reading, too_many
from reports.consumers.lines import note_use
from reports.models import Consumer

#: Seconds in which tries are counted.
WINDOW = 60
#: In one window: of one consumer, of one address of the network, and of it with a wrong token.
OF_TOKEN, OF_ADDRESS, WRONG_OF_ADDRESS = 120, 300, 20

TOKEN = re.compile(r"bearer +([A-Za-z0-9_-]{43})", re.IGNORECASE)


class ConsumerRequest(HttpRequest):
    """A request behind `with_token`."""

    consumer: Consumer


Answer = Callable[..., HttpResponse]


def with_token(view: Answer) -> Answer:
    """Let a consumer through; sets `request.consumer`."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: ConsumerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _refuse_writing(request)
            _refuse_hurry(request, "api", most=OF_ADDRESS)
            request.consumer = _consumer(request)
            answer = view(request, *args, **kwargs)
        except ProblemError as problem:
            answer = problem.answer()
        return _closed(answer)

    return guarded


def for_everybody(view: Answer) -> Answer:
    """What needs no token: the description of the API itself."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _refuse_writing(request)
            return view(request, *args, **kwargs)
        except ProblemError as problem:
            return _closed(problem.answer())

    return guarded


def _refuse_writing(request: HttpRequest) -> None:
    if request.method not in {"GET", "HEAD"}:
        raise only_reading()


def _refuse_hurry(request: HttpRequest | None, what: str, *, most: int) -> None:
    if tries_too_often(what, most=most, seconds=WINDOW, request=request):
        raise too_many(WINDOW - int(time.time()) % WINDOW)


def _consumer(request: HttpRequest) -> Consumer:
    """Whose token this is; 401 for no token, one that never was, and one that was revoked."""
    header = request.headers.get("Authorization", "")
    match = TOKEN.fullmatch(header.strip())
    found: Consumer | None = Consumer.objects.behind(hash_of(match[1])) if match else None
    if found is None:
        _refuse_hurry(request, "api-wrong", most=WRONG_OF_ADDRESS)
        raise no_token(wrong=bool(header))
    _refuse_hurry(None, f"api-consumer-{found.pk}", most=OF_TOKEN)
    note_use(found, now=timezone.now())
    return found


def _closed(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way, found by no search engine."""
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(answer, ["Authorization"])
    answer._has_been_logged = True  # type: ignore[attr-defined]  # a 404 of a robot is no news
    return answer
