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

from accounts.seeing import seeing_behind
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
            key = _key(request)
            with seeing_behind(key):
                request.consumer = _consumer(request, key)
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


def _key(request: HttpRequest) -> str:
    """What a token is looked up by; empty for what can't be one."""
    match = TOKEN.fullmatch(request.headers.get("Authorization", "").strip())
    return hash_of(match[1]) if match else ""


def _consumer(request: HttpRequest, key: str) -> Consumer:
    """Whose token this is; 401 for no token, one that never was, and one that was revoked."""
    found: Consumer | None = Consumer.objects.behind(key) if key else None
    if found is None:
        _refuse_hurry(request, "api-wrong", most=WRONG_OF_ADDRESS)
        raise no_token(wrong="Authorization" in request.headers)
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
