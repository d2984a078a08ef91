"""Ends a session that is over, and keeps one that was opened with a PIN to its own doors."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.access import is_open_to_pin, refuse_pin
from accounts.laptop import keeping, sitting
from accounts.laptop.device import answering, device_of
from accounts.models import TrustedDevice

GetResponse = Callable[[HttpRequest], HttpResponse]


class SittingMiddleware:
    """Sets `request.ended_user_id`: who sat here until this request came too late."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.ended_user_id = None  # type: ignore[attr-defined]  # read by accounts.resume
        if request.session.get(SESSION_KEY):
            self._look(request)
        with answering(request):
            response = self.get_response(request)
        if request.method == "POST" and response.status_code < 500:
            _settle(request, done=response.status_code < 400)
        return response

    def _look(self, request: HttpRequest) -> None:
        """End the session, or note when it began."""
        session, now = request.session, sitting.now()
        device = device_of(request)
        device_id = device.pk if device else None
        if sitting.BEGAN not in session:
            sitting.begin(session, now=now, device_id=device_id)
        elif sitting.lies_ahead(session, now=now):
            sitting.begin(session, now=now, device_id=None)
        lock_seconds = settings.LOCK_MINUTES * 60
        if sitting.is_over(session, now=now, device_id=device_id, lock_seconds=lock_seconds):
            ended = int(session[SESSION_KEY])
            request.ended_user_id = ended  # type: ignore[attr-defined]  # likewise
            session.flush()
            request.user = AnonymousUser()

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        session, now = request.session, sitting.now()
        if not getattr(view, "asks_by_itself", False) and sitting.must_note(session, now=now):
            session[sitting.SEEN] = now
        device = device_of(request)
        if device is not None and request.method == "POST":
            TrustedDevice.objects.note_use(device.pk, timezone.now())
        if session.get(sitting.BY_PIN) and not is_open_to_pin(view):
            return refuse_pin(request)
        return None


def _settle(request: HttpRequest, *, done: bool) -> None:
    """What waited at this seat was sent after all, or its question is on the screen now."""
    device, user_id = device_of(request), request.user.pk
    if device is None or user_id is None or keeping.WAITS not in request.session:
        return
    key = request.POST.get("request_id", "")
    if not keeping.settle(device, user_id, path=request.path, key=key, done=done):
        del request.session[keeping.WAITS]
