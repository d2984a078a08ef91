"""Hostile strings in every field of every form: never a 5xx, and refused means nothing written."""

from typing import Any

import pytest

from tests.access.doors import DOORS
from tests.access.without_role import ANY_ACCOUNT, PUBLIC
from tests.hostile.forms import ELSEWHERE, FORMS
from tests.hostile.judging import Judge
from tests.hostile.rounds import few, parts
from tests.hostile.sending import ANSWERED, Form, send

pytestmark = pytest.mark.django_db

#: Rounds for fields in which nobody writes; those see every class in test_fields.py.
ROUNDS = 2


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
        for sent in few(part, number, ROUNDS):
            judge.judge(sent, form.verdicts(sent))
    assert judge.wrong == []


@pytest.mark.parametrize("route", FORMS)
def test_doubled_fields_are_never_an_error(world, route):
    sender, address, body = world.form(route)
    pairs = [(name, text) for name, good in body.items() for text in ("x", good)]
    answer = send(sender, address, pairs)
    assert answer.status in ANSWERED | {404, 422}, answer.error
