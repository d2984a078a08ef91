"""What the API says when it can't answer: `application/problem+json` (RFC 9457), in Dutch."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TYPE = "application/problem+json"
METHODS = "GET, HEAD"

TITLES = {
    400: gettext_lazy("Deze vraag klopt niet"),
    401: gettext_lazy("Geen geldig token"),
    404: gettext_lazy("Niet gevonden"),
    405: gettext_lazy("Alleen lezen"),
    429: gettext_lazy("Te veel vragen"),
}


class ProblemError(Exception):
    """The answer is this problem."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def answer(self) -> JsonResponse:
        """`type` is about:blank: the status says all there is to know of the kind of problem."""
        body = {
            "type": "about:blank",
            "title": str(TITLES[self.status]),
            "status": self.status,
            "detail": self.detail,
        }
        answer = as_json(body, status=HTTPStatus(self.status), content_type=TYPE)
        for name, value in self.headers.items():
            answer.headers[name] = value
        return answer


def as_json(
    body: object, *, status: int = 200, content_type: str = "application/json"
) -> JsonResponse:
    return JsonResponse(
        body, status=status, content_type=content_type, json_dumps_params={"ensure_ascii": False}
    )


def not_there() -> ProblemError:
    """One answer for what never was, for what is not frozen and for another STEK's."""
    return ProblemError(404, _("Dit bestaat niet, of het is niet vastgelegd voor jouw token."))


def bad_filter(detail: str) -> ProblemError:
    return ProblemError(400, detail)


def only_reading() -> ProblemError:
    detail = _("Hier kun je alleen lezen: gebruik GET of HEAD.")
    return ProblemError(405, detail, headers={"Allow": METHODS})


def no_token(*, wrong: bool) -> ProblemError:
    challenge = 'Bearer realm="stek"' + (', error="invalid_token"' if wrong else "")
    detail = (
        _("Dit token is niet (meer) geldig. Vraag een nieuw aan de coördinator van de STEK.")
        if wrong
        else _("Stuur je token mee: “Authorization: Bearer ...”.")
    )
    return ProblemError(401, detail, headers={"WWW-Authenticate": challenge})


def too_many(seconds: int) -> ProblemError:
    detail = _("Probeer het over een minuut opnieuw.")
    return ProblemError(429, detail, headers={"Retry-After": str(seconds)})
