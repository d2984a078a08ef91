"""What is typed in a search, or chosen in an address, leads to nobody of another STEK."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.models import Household
from places.models import Stek
from tests.access.world import Answer, World
from tests.hostile.sending import undone

pytestmark = pytest.mark.django_db

#: Where somebody types what they look for, as `q`, with the opening that it is for.
SEARCHES = ("visits:search", "visits:enter", "people:search")
#: What an address chooses from rows of the STEK.
CHOICES = {
    "people:expiring": ("toeleider", "referrer"),
    "referrals:list": ("partner", "partner"),
    "partners:list": ("thema", "asked"),
    "forms_help:line": ("bij", "visit"),
    "reports:start": ("stek", "stek"),
}


def known_of(world: World, town: str) -> list[str]:
    """All that one may know of a household."""
    row = Household.objects.get(pk=world.rows[town]["household"])
    return [row.first_name, row.last_name, row.phone, str(row.number), row.card]


def form_of(world: World, text: str) -> dict[str, Any]:
    return {"q": text, "opening": world.rows["K"]["opening"]}


def search(world: World, name: str, text: str) -> Answer:
    return world.send(world.actor("coordinator"), "POST", reverse(name), form_of(world, text))


@pytest.mark.parametrize("name", SEARCHES)
def test_search_finds_the_own_household_and_none_of_another_stek(world: World, name: str) -> None:
    coordinator = world.actor("coordinator")
    found = world.own(coordinator, search(world, name, known_of(world, "K")[0]))
    assert found & {"people.Household.last_name", "people.Household.first_name"}
    for text in known_of(world, "E"):
        assert not world.foreign(coordinator, search(world, name, text)), text


@pytest.mark.parametrize("name", SEARCHES)
def test_who_searches_is_noted(world: World, name: str) -> None:
    """Once names came by; at the counter once a minute."""
    els = world.actor("coordinator").client
    with undone():
        els.post(reverse(name), form_of(world, known_of(world, "K")[0]))
        event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.verb, event.actor_id) == ("read", "search", els.user.pk)


@pytest.mark.parametrize("name", CHOICES)
def test_choice_of_a_row_of_another_stek_shows_nothing_of_it(world: World, name: str) -> None:
    coordinator = world.actor("coordinator")
    parameter, row = CHOICES[name]
    rows: dict[str, Any] = world.rows["E"] | {"stek": Stek.objects.get(slug="essen").pk}
    kwargs = {"pk": world.rows["K"]["opening"]} if name == "forms_help:line" else {}
    path = f"{reverse(name, kwargs=kwargs)}?{parameter}={rows[row]}"
    answer = world.send(coordinator, "GET", path)
    assert answer.status in {200, 302, 404, 422}
    assert not world.foreign(coordinator, answer)
