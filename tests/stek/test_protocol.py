"""Requests that no browser of ours would send: too large, too many, doubled, broken."""

import uuid

import pytest
from django.urls import reverse

from tests import factories
from tests.visits import desk
from visits.models import Visit


@pytest.fixture
def fatima(stek):
    household = factories.household(stek, "Fatima", "El Amrani")
    factories.access(household)
    return household


@pytest.fixture
def jozef(stek):
    household = factories.household(stek, "Jozef", "Maes")
    factories.access(household)
    return household


ENTER = reverse("visits:enter")
NEW = reverse("visits:new_household")
LOGIN = reverse("account_login")


def test_form_of_three_megabytes_is_refused(counter, opening):
    response = counter.post(
        NEW,
        f"opening={opening.pk}&last_name=" + "x" * 3_000_000,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 400
    assert 'lang="nl-BE"' in response.content.decode()


def test_form_of_three_megabytes_in_parts_is_refused(counter, opening):
    response = counter.post(NEW, {"opening": opening.pk, "last_name": "x" * 3_000_000})
    assert response.status_code == 400


def test_form_of_ten_thousand_fields_is_refused(counter, opening):
    fields = {f"f{n}": "x" for n in range(10_000)}
    for how in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        body = fields if not how else "&".join(f"{name}=x" for name in fields)
        assert counter.post(ENTER, body, **how).status_code == 400


def test_form_of_three_megabytes_from_a_stranger_is_refused(stranger, db):
    assert stranger.post(LOGIN, {"login": "x" * 3_000_000}).status_code == 400


def test_doubled_field_enters_one_visit_of_the_last(counter, opening, fatima, jozef):
    body = {
        "opening": [opening.pk, opening.pk],
        "household": [fatima.pk, jozef.pk],
        "request_id": [uuid.uuid4(), uuid.uuid4()],
    }
    assert counter.post(reverse("visits:check_in"), body).status_code == 302
    assert Visit.objects.get().household == jozef


def test_doubled_parameter_in_an_address_is_a_page(counter, coordinator, opening):
    for address in ("people:expiring", "people:without_access", "people:cards"):
        response = coordinator.get(reverse(address) + "?pagina=1&pagina=x&toeleider=1&toeleider=")
        assert response.status_code == 200
    assert counter.get(reverse("visits:counter") + "?a=1&a=2&%00=%ff").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "pagina=0",
        "pagina=-1",
        "pagina=999999999999999999999",
        "pagina=x",
        "pagina=%00",
        "toeleider=x",
        "toeleider=-1",
        "toeleider=" + "9" * 30,
        "toeleider=%00",
        "toeleider=²",
        "keuze=x",
        "keuze=nummers&van=x&tot=%00",
        "keuze=nummers&van=-1&tot=" + "9" * 30,
        "keuze=nummers&van=999999&tot=1",
        "keuze=lijst&van=%ff",
    ],
)
def test_tampered_query_is_never_an_error(coordinator, query):
    for address in ("people:expiring", "people:without_access", "people:cards"):
        assert coordinator.get(f"{reverse(address)}?{query}").status_code in {200, 404, 422}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"opening=%ff%fe&q=%80", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b'{"opening": 1}', "text/plain"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"opening=1", "multipart/form-data; boundary=" + "x" * 300),
        (b"opening=1", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"opening=1", "x" * 500),
    ],
)
def test_broken_body_is_refused_and_writes_nothing(counter, opening, body, content_type):
    for address in (ENTER, NEW, reverse("visits:open_day"), reverse("visits:openings")):
        response = counter.generic("POST", address, body, content_type=content_type)
        assert response.status_code in {302, 400, 404, 415, 422}, address
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "stek=\x7f; stek-form=;;; =x"},
        {"accept-language": "x" * 5000},
        {"referer": "javascript:alert(1)"},
        {"x-forwarded-for": "' OR 1=1, ::::, 999.999.999.999"},
        {"x-forwarded-host": "evil.example"},
        {"user-agent": "<script>" * 200},
        {"hx-request": "true", "hx-target": "\x7f<b>"},
        {"if-modified-since": "yesterday"},
        {"range": "bytes=9-1"},
    ],
)
def test_strange_header_is_never_an_error(client, db, headers):
    response = client.get(LOGIN, headers=headers)
    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()
    assert client.post(LOGIN, {"login": "x", "password": "y"}, headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "127.0.0.1@evil"])
def test_foreign_host_is_refused(client, db, host):
    assert client.get(LOGIN, headers={"host": host}).status_code == 400


def test_two_visits_can_not_be_made_by_one_form(counter, opening):
    body = {"opening": opening.pk, "adults": [1, 2], "children": 0, "request_id": uuid.uuid4()}
    assert counter.post(reverse("visits:check_in_anonymous"), body).status_code == 302
    assert desk.anonymous(counter, opening, request_id=body["request_id"]).status_code == 422
    assert Visit.objects.get().adults == 2
