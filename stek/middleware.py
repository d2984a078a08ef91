"""Headers on every answer, and one honest page when the database is away."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from stek.damage import is_damage, note_damage

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Seconds after which a browser may try again.
RETRY_AFTER = 5
#: What a browser sends. Anything else is refused before a cookie is read or a row is asked for, so
#: that nobody has to wonder what it does to whom; the API refuses by itself, in its own form.
METHODS = frozenset({"GET", "HEAD", "POST"})
API = "/api/"


def security_headers(get_response: GetResponse) -> GetResponse:
    """Outermost, so that static files and error pages carry them too.

    `SECURE_CSP` is spelt as Django 6 spells it; this half goes when Django does it itself.
    """
    csp = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS and not request.path.startswith(API):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        else:
            response = get_response(request)
        headers = response.headers
        headers["Content-Security-Policy"] = csp
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
        )
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    return middleware


def database_away(get_response: GetResponse) -> GetResponse:
    """Answer 503 with what was typed, to send again, when the database leaves a view alone."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(
            self, request: HttpRequest, exception: Exception
        ) -> HttpResponse | None:
            return _away(request) if _is_away(exception) else None

    return Middleware()


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: the same 503 when a middleware (session, user) met the database that is away.

    Django turns what a middleware raises into a response before the next one sees it.
    """
    if _is_away(sys.exception()):
        return _away(request)
    return defaults.server_error(request)


def _is_away(error: BaseException | None) -> bool:
    """Unreachable, locked too long, full, damaged, or only open for reading (a standby that took
    over).
    """
    read_only = getattr(error.__cause__, "pgcode", None) == "25006" if error else False
    if is_damage(error):
        note_damage()
        return True
    return read_only or isinstance(error, OperationalError | InterfaceError)


def _away(request: HttpRequest) -> HttpResponse:
    # Imported apps may not be ready when this module is loaded as middleware.
    from accounts.resume import readable, typed_fields

    connection.close()
    fields = typed_fields(request) if request.method == "POST" else []
    page = render_to_string(
        "503.html",
        {
            "path": request.path,
            "fields": fields,
            "method": request.method,
            # The form's own key comes from the cookie, so no database is needed for it.
            "csrf_token": request.POST.get("csrfmiddlewaretoken", ""),
            "visible": readable(fields),
        },
    )
    return HttpResponse(
        page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    )
