"""Hostile strings in every field of every form: never a 5xx, and refused means nothing written."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.access.doors import DOORS
from tests.access.without_role import ANY_ACCOUNT, PUBLIC
from tests.hostile.forms import ELSEWHERE, FORMS
from tests.hostile.judging import Judge
from tests.hostile.rounds import few, kinds_here, parts
from tests.hostile.sending import ANSWERED, Form, Written, ask, send, undone

pytestmark = pytest.mark.django_db

#: Rounds for fields in which nobody writes; those see every class in test_fields.py.
ROUNDS = 2
#: What makes something: the key of the form is that of the row.
KEYED = [route for route, (_rows, body) in FORMS.items() if "request_id" in body]
# It begins a new session; tests/accounts/test_devices.py sends it twice.
KEYED.remove("accounts:devices")
#: What a second sending writes all the same.
AGAIN = {
    "forms_help:draft": {"forms_help_questiondraft"},  # as it is by now
    "reports:raw": {"reports_export"},  # only if it was not made yet
}


def test_every_form_is_tried():
    doors: dict[str, Any] = DOORS | PUBLIC | ANY_ACCOUNT
    posted = {route for route, (methods, *_more) in doors.items() if "POST" in methods}
    assert FORMS.keys() | ELSEWHERE.keys() == posted
    assert not FORMS.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("route", FORMS)
def test_form_with_good_values_is_accepted(world, route):
    """Or the hostile ones would all be refused for another reason."""
    sender, address, body = world.form(route)
    answer = send(sender, address, body)
    assert answer.status in ANSWERED, answer.error


@pytest.mark.parametrize("route", FORMS)
def test_hostile_strings_are_refused_or_kept_as_text(world, route):
    sender, address, body = world.form(route)
    judge = Judge(route, body)
    form = Form(sender, address, body, judge.see)
    number = list(FORMS).index(route)
    for part in parts(body):
        for sent in few(part, number, ROUNDS, kinds_here()):
            judge.judge(sent, form.verdicts(sent))
    assert judge.wrong == []


@pytest.mark.parametrize("route", KEYED)
def test_form_sent_again_with_its_key_writes_nothing_more(world, route):
    """And leads where it led the first time."""
    sender, address, body = world.form(route)
    data = urlencode(body).encode()
    with undone():
        first = ask(sender, "POST", address, data)
        with connection.execute_wrapper(written := Written()):
            again = ask(sender, "POST", address, data)
    assert first.status_code in ANSWERED
    answers = [(one.status_code, one.headers.get("Location")) for one in (first, again)]
    assert answers[0] == answers[1]
    assert written.tables <= AGAIN.get(route, set())


@pytest.mark.one_engine("which of two values counts is Python's")
@pytest.mark.parametrize("route", FORMS)
def test_doubled_fields_are_never_an_error(world, route):
    sender, address, body = world.form(route)
    pairs = [(name, text) for name, good in body.items() for text in ("x", good)]
    answer = send(sender, address, pairs)
    assert answer.status in ANSWERED | {404, 422}, answer.error
