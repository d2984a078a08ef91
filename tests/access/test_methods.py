"""What no browser sends is refused everywhere, before anybody is asked who they are."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.access.doors import DOORS
from tests.access.office import LISTS, PAGES, SITE, address_of
from tests.access.routes import address
from tests.access.without_role import ANY_ACCOUNT, PUBLIC
from tests.access.world import World

pytestmark = pytest.mark.django_db

OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
#: Whose cookies come along: the one who may do most, and nobody.
WHO = ("coordinator", "nobody")


def every_address(world: World) -> dict[str, str]:
    rows = world.rows["K"]
    house = {name: address(name, rows)[0] for name in (*DOORS, *PUBLIC, *ANY_ACCOUNT)}
    lists = {
        f"{label} {page}": address_of(label, page, rows["office"][label])
        for label in LISTS
        for page in PAGES
    }
    site = {name: reverse(name, args=args) for name, (_statuses, args) in SITE.items()}
    more = {"nowhere": "/nergens/", "a file": "/static/css/base.css", "no list": "/beheer/x/y/"}
    return house | lists | site | more


def no_query(*_args: object) -> None:
    raise AssertionError("asked the database")


@pytest.mark.parametrize("who", WHO)
def test_other_methods_are_refused_on_every_route_without_a_question(
    world: World, who: str
) -> None:
    client, wrong = world.actor(who).client, []
    with connection.execute_wrapper(no_query):
        for name, path in every_address(world).items():
            for method in OTHERS:
                if path.startswith("/api/") and who != "nobody":
                    continue  # signed in or not is nothing to the API
                answer = client.generic(method, path)
                if answer.status_code != 405 or "Allow" not in answer.headers:
                    wrong.append(f"{method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_get_or_post_that_a_door_does_not_know_is_refused(world: World) -> None:
    coordinator, wrong = world.actor("coordinator"), []
    doors = {name: door[0] for name, door in (DOORS | PUBLIC | ANY_ACCOUNT).items()}
    for name, methods in doors.items():
        for method in {"GET", "POST"} - set(methods.split()):
            answer = world.ask(coordinator, method, name)
            if answer.status != 405:
                wrong.append(f"{method} {name}: {answer.status}")
    assert not wrong, "\n".join(wrong)
