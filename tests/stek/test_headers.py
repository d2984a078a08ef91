"""The headers of answers one by one: pages, errors, redirects, files.

That every page of the house has them, for everybody, is in tests/access/test_matrix.py.
"""

import re
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.headers import faults_of, strangers_in
from tests.strict import ROOT, StrictClient


def assert_closed(response: HttpResponse) -> None:
    assert not faults_of(response)


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Zeynep Karadeniz")


urlpatterns = [path("breekt/", breaks), path("", include("stek.urls"))]


def test_page_has_the_headers(counter, opening):
    page = counter.get(reverse("visits:counter"))
    assert_closed(page)
    # With `no-referrer` a browser sends no origin, and every form is refused.
    assert page.headers["Referrer-Policy"] == "same-origin"


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


@pytest.mark.parametrize("header", ["If-Modified-Since", "Range"])
def test_piece_of_a_file_and_file_that_did_not_change_have_the_headers(
    client, db, settings, header
):
    Path(settings.STATIC_ROOT, "made-for-this-test.js").write_text("let a = 1", encoding="ascii")
    address = "/static/made-for-this-test.js"
    with closing(client.get(address)) as first:
        said = {"If-Modified-Since": first["Last-Modified"], "Range": "bytes=0-2"}
    with closing(client.get(address, headers={header: said[header]})) as response:
        assert response.status_code in {206, 304}
        assert_closed(response)


def test_file_that_is_not_there_has_the_headers(client, db):
    response = client.get("/static/nergens.css")
    assert response.status_code == 404
    assert_closed(response)


def test_too_many_tries_have_the_headers(client, stek, still):
    address = reverse("inbound:ask_access", args=["x" * 43])
    for _try in range(61):
        response = client.get(address)
    assert response.status_code == 429
    assert_closed(response)


def test_signing_out_has_the_headers(counter):
    assert_closed(counter.post(reverse("account_logout")))


#: What a browser loads by itself from a style sheet or a script.
LOADS = re.compile(
    r"(?:url\(|@import|import |fetch\(|src\s*=|open\()\s*[\"'`]?\s*(?:https?:)?//", re.I
)


def test_no_style_sheet_and_no_script_asks_another_host():
    files = [*ROOT.glob("static/**/*.css"), *ROOT.glob("static/**/*.js")]
    assert len(files) > 20
    assert not [file.name for file in files if LOADS.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<img alt='' src='//pixel.example/1.gif'>",
        '<link rel="stylesheet" href="http://fonts.example/a.css">',
        '<form method="post" action="https://evil.example/">',
        "<script async src=https://cdn.example/x.js></script>",
    ],
)
def test_host_of_somebody_else_on_a_page_is_seen(page):
    assert strangers_in(page)


def test_link_to_press_and_own_addresses_are_no_strangers():
    page = (
        '<a href="https://www.openstreetmap.org/search">Kaart</a><script src="/static/a.js">'
        '</script><link rel="canonical" href="http://testserver/"><img src="data:image/png;base64">'
    )
    assert not strangers_in(page)
