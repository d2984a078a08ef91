"""The database can't be reached, or is held by somebody else: 503, and what was typed is kept.

Nothing is played: the connection really leads nowhere (a file in no folder, a port where nobody
listens), and the lock is really held by a second connection.
"""

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from people.models import Household
from tests import factories
from tests.accounts import desk
from tests.headers import faults_of
from visits.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)
COUNTER = reverse("visits:counter")
NEW = reverse("visits:new_household")


@contextmanager
def away() -> Iterator[None]:
    """A database where there is none."""
    nowhere = {"NAME": "/nowhere/stek.sqlite3"}
    if connection.vendor == "postgresql":
        nowhere = {"HOST": "127.0.0.1", "PORT": "9"}
    there = {name: connection.settings_dict[name] for name in nowhere}
    connection.close()
    connection.settings_dict.update(nowhere)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(there)


@contextmanager
def held() -> Iterator[None]:
    """Somebody else writes and does not stop; here one waits for a moment only."""
    with closing(connection.copy()) as other:
        if connection.vendor == "postgresql":
            other.set_autocommit(False)
            other.cursor().execute("LOCK TABLE visits_visit IN EXCLUSIVE MODE")
            connection.cursor().execute("SET lock_timeout = 50")
        else:
            other.cursor().execute("BEGIN IMMEDIATE")
            connection.cursor().execute("PRAGMA busy_timeout = 50")
        yield
    # The 503 closes the connection, so the next request waits as long as ever.


@pytest.fixture
def opening():
    return factories.opening(factories.stek("Kalmthout"))


@pytest.fixture
def rita(opening):
    """A browser in which Rita has opened the counter."""
    user = factories.user("rita", password=desk.PASSWORD)
    factories.membership(opening.stek, user=user)
    client = desk.browser()
    # As in life: an exception is an answer, not a failure of the test.
    client.raise_request_exception = False
    desk.sign_in(client, "rita")
    return client


@pytest.fixture
def typed(rita, opening) -> dict[str, object]:
    return {
        "csrfmiddlewaretoken": desk.key_of(rita.get(COUNTER)),
        "opening": str(opening.pk),
        "first_name": "Amina & co",
        "last_name": 'Yilmaz "Yil"',
        "adults": "2",
        "children": "1",
        "request_id": str(uuid.uuid4()),
    }


def assert_503(response) -> None:
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Even geduld" in desk.text_of(response)
    assert not faults_of(response)


def test_page_says_to_try_again(rita):
    with away():
        response = rita.get(COUNTER)
    assert_503(response)
    assert f'href="{COUNTER}"' in response.content.decode()
    assert rita.get(COUNTER).status_code == 200


def test_sign_in_says_to_try_again_and_forgets_the_password(rita):
    client = desk.browser()
    key = desk.key_of(client.get(reverse("account_login")))
    with away():
        response = client.post(
            reverse("account_login"),
            {"login": "rita", "password": desk.PASSWORD, "csrfmiddlewaretoken": key},
        )
    assert_503(response)
    assert desk.PASSWORD not in response.content.decode()


@pytest.mark.parametrize("trouble", [away, held], ids=["away", "held"])
def test_form_is_kept_and_enters_one_visit_once_it_is_back(rita, typed, trouble):
    with trouble():
        refused = rita.post(NEW, typed)
    assert_503(refused)
    assert 'Amina & co Yilmaz "Yil" 2 1' in desk.text_of(refused)
    assert desk.hidden_fields(refused) == typed
    assert not Household.objects.exists()
    for _press in range(2):
        assert rita.post(NEW, desk.hidden_fields(refused)).status_code == 302
    assert Visit.objects.get().household.full_name == 'Amina & co Yilmaz "Yil"'


def test_pages_are_read_while_somebody_else_writes(rita, opening):
    with held():
        assert rita.get(COUNTER).status_code == 200
        assert rita.get(reverse("visits:today", args=[opening.pk])).status_code == 200


def test_read_only_database_refuses_and_keeps_what_was_typed(rita, typed):
    read_only = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET default_transaction_read_only = on",
    }
    connection.cursor().execute(read_only[connection.vendor])
    try:
        response = rita.post(NEW, typed)
    finally:
        connection.close()
    assert_503(response)
    assert desk.hidden_fields(response) == typed
    assert not Visit.objects.exists()
