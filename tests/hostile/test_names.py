"""Rightful names: entered, found again, and shown as they are."""

import unicodedata

import pytest

from people.models import Household
from tests.hostile import NAMES
from tests.visits import desk


@pytest.mark.parametrize(("first_name", "last_name"), NAMES)
def test_rightful_name_is_entered_found_again_and_shown_as_it_is(
    counter, opening, first_name, last_name
):
    response = desk.newcomer(counter, opening, first_name=first_name, last_name=last_name)
    assert response.status_code == 302
    household = Household.objects.get()
    written = unicodedata.normalize("NFC", f"{first_name} {last_name}".strip())
    assert household.full_name == written
    assert f"Aangemeld: {written}" in desk.text_of(counter.get(response.url), "card")
    found = desk.search(counter, opening, last_name or first_name).content.decode()
    one_letter = len(last_name or first_name) < 2
    assert one_letter or f'id="hit-{household.pk}"' in found
