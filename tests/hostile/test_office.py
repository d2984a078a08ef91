"""Hostile strings in every form of the office: never a 5xx, and refused means nothing written."""

import pytest
from zeal import zeal_ignore

from tests.hostile.judging import Judge
from tests.hostile.office import office_forms
from tests.hostile.rounds import few, kinds_here
from tests.hostile.sending import Form
from tests.hostile.world import fill_the_office

pytestmark = pytest.mark.django_db

#: Rounds; the fields of a form meet other classes than those of the one before it.
ROUNDS = 3


def test_hostile_strings_in_the_office_are_never_an_error(world):
    """Every form of the admin that a coordinator may open, as it stands on the page."""
    fill_the_office()
    wrong, tried = [], 0
    with zeal_ignore():  # Django's admin asks once per inner row
        kinds = kinds_here()
        for number, (address, body) in enumerate(office_forms(world.coordinator)):
            judge = Judge(address, {})
            form = Form(world.coordinator, address, body, judge.see)
            form.alone |= {name for name in body if name.endswith("_FORMS")}
            for sent in few(list(body), number * ROUNDS % len(kinds), ROUNDS, kinds):
                form.verdicts(sent)
                tried += len(sent)
            wrong += judge.wrong
    assert wrong == []
    assert tried > 500
