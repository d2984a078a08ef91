"""Every page of the office, whoever knocks, with a row of the own STEK and of another."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.access.actors import KNOCKING, Actor
from tests.access.doors import OFFICE
from tests.access.office import LISTS, PAGES, SITE, address_of, expected
from tests.access.world import World
from tests.headers import remembered_in

pytestmark = pytest.mark.django_db


def addresses(world: World) -> Iterator[tuple[str, str, str, str]]:
    """Model, page, the STEK of its row, address."""
    for label in LISTS:
        for page in PAGES:
            for town in "K" if page in {"changelist", "add"} else "KE":
                yield label, page, town, address_of(label, page, world.rows[town]["office"][label])


def stays_out(actor: Actor, method: str) -> set[int] | None:
    """For who does not work in the office, whatever the page."""
    if actor.kind == "nobody":
        return {403} if method == "POST" else {302}
    return None if actor.kind == "role" and actor.role in OFFICE else {403}


@pytest.mark.parametrize("who", KNOCKING)
def test_office_answers_as_the_table_says_and_shows_nothing_of_another_stek(
    world: World, who: str
) -> None:
    actor, wrong = world.actor(who), []
    for label, page, town, path in addresses(world):
        if town == "E" and stays_out(actor, "GET") is not None:
            continue  # refused whatever the row
        for method in ("GET",) if page == "history" else ("GET", "POST"):
            answer = world.send(actor, method, path)
            wanted = stays_out(actor, method)
            if wanted is None:
                own = town in actor.is_in or page in {"changelist", "add"}
                wanted = expected(label, page, method, actor.role, own=own)
            if answer.status not in wanted:
                wrong.append(f"{method} {label} {page} {town}: {answer.status}, not {wanted}")
            bad = [*answer.faults, *sorted(world.foreign(actor, answer))]
            bad += [f"remembers {field}" for field in remembered_in(answer.text)]
            wrong += [f"{method} {label} {page} {town}: {one}" for one in bad]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", KNOCKING)
def test_first_pages_of_the_office_open_for_who_works_there(world: World, who: str) -> None:
    actor, wrong = world.actor(who), []
    for name, (statuses, args) in SITE.items():
        answer = world.send(actor, "GET", reverse(name, args=args))
        wanted = statuses if name == "admin:login" else stays_out(actor, "GET") or statuses
        if answer.status not in wanted or world.foreign(actor, answer):
            wrong.append(f"{name}: {answer.status}, {world.foreign(actor, answer)}")
    assert not wrong, "\n".join(wrong)
