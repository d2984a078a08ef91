"""The headers of every answer: pages, errors, redirects, files."""

from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.strict import StrictClient

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
    "worker-src 'self'",
}
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def assert_closed(response: HttpResponse) -> None:
    assert set(response.headers["Content-Security-Policy"].split("; ")) == CSP
    assert {name: response.headers[name] for name in WANTED} == WANTED
    policy = response.headers["Permissions-Policy"]
    assert all(part.strip().endswith("=()") for part in policy.split(","))
    assert {"camera", "microphone", "geolocation"} <= {p.split("=")[0] for p in policy.split(", ")}


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Zeynep Karadeniz")


urlpatterns = [path("breekt/", breaks), path("", include("stek.urls"))]


def test_page_has_the_headers(counter, opening):
    assert_closed(counter.get(reverse("visits:counter")))


def test_sign_in_page_and_redirect_have_the_headers(client, db):
    assert_closed(client.get(reverse("account_login")))
    asked = client.get(reverse("visits:counter"))
    assert asked.status_code == 302
    assert_closed(asked)


def test_static_file_has_the_headers(client, db, settings):
    Path(settings.STATIC_ROOT, "made-for-this-test.css").write_text("a {}", encoding="ascii")
    with closing(client.get("/static/made-for-this-test.css")) as response:
        assert response.status_code == 200
        assert_closed(response)


def test_refused_form_has_the_headers(counter, opening):
    response = counter.post(reverse("visits:check_in_anonymous"), {"opening": opening.pk})
    assert response.status_code == 422
    assert_closed(response)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "PROPFIND", "x" * 200])
def test_unknown_method_is_refused_with_the_headers(client, db, method):
    response = client.generic(method, reverse("account_login"))
    assert response.status_code == 405
    assert_closed(response)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_method_that_no_page_knows_is_refused(counter, opening, method):
    for view in ("counter", "enter", "openings"):
        assert counter.generic(method, reverse(f"visits:{view}")).status_code == 405


def test_not_found_is_a_page_in_dutch_with_the_headers(counter):
    response = counter.get("/bestaat-niet/")
    assert response.status_code == 404
    assert 'lang="nl-BE"' in response.content.decode()
    assert_closed(response)


def test_forbidden_is_a_page_in_dutch_with_the_headers(counter):
    response = counter.get(reverse("people:create"))
    assert response.status_code == 403
    assert 'lang="nl-BE"' in response.content.decode()
    assert_closed(response)


@pytest.mark.urls(__name__)
def test_page_that_breaks_says_nothing_of_why_and_has_the_headers():
    response = Client(raise_request_exception=False).get("/breekt/")
    page = response.content.decode()
    assert response.status_code == 500
    assert 'lang="nl-BE"' in page
    assert "Karadeniz" not in page
    assert "Django" not in page
    assert_closed(response)


def test_foreign_host_is_refused_with_the_headers(db):
    response = StrictClient().get("/aanmelden/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert_closed(response)


def test_answer_names_no_software(client, db):
    response = client.get(reverse("account_login"))
    assert not {"Server", "X-Powered-By"} & set(response.headers)
    assert "csrfmiddlewaretoken" in response.content.decode()
