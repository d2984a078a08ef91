"""Every door, whoever knocks, with the rows of the own STEK and of another: what opens, what shows.

Each answer is opened (pages, files, headers, cookies) and searched for the marks of STEKs where
this person does not work. PUT, PATCH, DELETE, OPTIONS and TRACE are in test_methods.py, because
nobody is asked who they are before those are refused.
"""

from collections.abc import Iterator

import pytest
from django.db import connection

from accounts.roles import Role
from tests.access.actors import KNOCKING, OF_EACH_KIND, Actor
from tests.access.doors import DOORS
from tests.access.narrower import ONLY_OWN, PIN, PIN_OWN
from tests.access.routes import is_of_a_stek
from tests.access.seen import too_much
from tests.access.without_role import (
    ACCOUNT_WITH_PIN,
    ANY_ACCOUNT,
    ON_PUBLIC_PAGES,
    PUBLIC,
    WITH_A_KEY,
)
from tests.access.world import Answer, World
from tests.headers import remembered_in

pytestmark = pytest.mark.django_db

OPEN = {200, 204, 302, 422}
#: What a helper or coordinator with a PIN finds at the table though a colleague made it.
AT_HAND = {"forms_help:slip", "forms_help:follow_up_done"}
#: After it nobody is signed in, and the browser is told to forget all that it kept.
LEAVES = "POST account_logout"
#: HEAD is GET without its page, to the letter, whatever the engine; so these two ask it too.
ASK_HEAD = {"nobody", Role.COORDINATOR.value}
if connection.vendor == "postgresql":
    ASK_HEAD.clear()


def expected(actor: Actor, name: str, method: str, town: str) -> set[int]:
    """The statuses that the tables give."""
    if actor.kind == "nobody":
        return {403} if method == "POST" else {302}
    roles = DOORS[name][1]
    if actor.kind == "no_role" or actor.role not in roles:
        return {403}
    if actor.kind == "pin" and name not in PIN:
        return {403}
    if town not in actor.is_in and is_of_a_stek(name):
        return {404}
    if actor.kind == "pin" and name in PIN_OWN:
        return {404, 200, 302} if name in AT_HAND else {404}
    return {404} if actor.role in ONLY_OWN.get(name, set()) else OPEN


def asked(who: str, methods: str) -> Iterator[str]:
    for method in methods.split():
        yield method
        if method == "GET" and who in ASK_HEAD:
            yield "HEAD"


def towns(actor: Actor, name: str, method: str) -> str:
    """Whose rows are asked for: whoever does not get past the door gets no further with others."""
    stays_out = expected(actor, name, method, "K") in ({302}, {403})
    return "K" if stays_out or actor.is_in == "E" or not is_of_a_stek(name) else "KE"


@pytest.mark.parametrize("who", KNOCKING)
def test_door_answers_as_the_table_says_and_shows_nothing_of_another_stek(
    world: World, who: str
) -> None:
    actor = world.actor(who)
    wrong: list[str] = []
    for name, (methods, _roles, _ids) in DOORS.items():
        for method in asked(who, methods):
            for town in towns(actor, name, method):
                answer = world.ask(actor, method, name, town)
                wanted = expected(actor, name, method, town)
                wrong += complaints(world, actor, f"{method} {name} {town}", answer, wanted)
                met = too_much(world.own(actor, answer), actor.role, by_pin=actor.kind == "pin")
                wrong += [f"{method} {name} {town}: shows {one} to this role" for one in met]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", OF_EACH_KIND)
def test_page_without_a_role_answers_everybody_and_shows_what_it_may(
    world: World, who: str
) -> None:
    actor = world.actor(who)
    wrong: list[str] = []
    for name, (methods, _ids, statuses) in PUBLIC.items():
        for method in methods.split():
            for town in "KE" if is_of_a_stek(name) else "K":
                answer = world.ask(actor, method, name, town)
                door = f"{method} {name} {town}"
                if answer.status not in statuses:
                    wrong.append(
                        f"{door}: {answer.status}, not {sorted(statuses)}: {answer.text[:300]}"
                    )
                may = {f"{field} of {town}" for field in WITH_A_KEY.get(name, ON_PUBLIC_PAGES)}
                may |= {f"{field} of K" for field in ON_PUBLIC_PAGES}
                shown = world.foreign(actor, answer)
                wrong += [f"{door}: shows {one}" for one in sorted(shown - may)]
                wrong += [f"{door}: {fault}" for fault in answer.faults]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", KNOCKING)
def test_own_account_opens_for_who_is_signed_in(world: World, who: str) -> None:
    actor = world.actor(who)
    wrong: list[str] = []
    for name, (methods, _ids, statuses) in ANY_ACCOUNT.items():
        for method in asked(who, methods):
            answer = world.ask(actor, method, name)
            wanted = statuses
            if actor.kind == "nobody":
                wanted = {302, 403}
            elif actor.kind == "pin" and name not in ACCOUNT_WITH_PIN:
                wanted = {403}
            wrong += complaints(world, actor, f"{method} {name}", answer, wanted)
    assert not wrong, "\n".join(wrong)


def complaints(
    world: World, actor: Actor, door: str, answer: Answer, wanted: set[int]
) -> Iterator[str]:
    if answer.status not in wanted:
        why = answer.text[-200:] if answer.status == 500 else ""
        yield f"{door}: {answer.status}, not {sorted(wanted)} {why}"
    if actor.kind != "nobody" and door != LEAVES and "no-store" not in answer.cached:
        yield f"{door}: may be kept by the browser"
    yield from (f"{door}: {fault}" for fault in answer.faults)
    yield from (f"{door}: remembers {field}" for field in remembered_in(answer.text))
    yield from (f"{door}: tells {field} aside" for field in world.told_aside(answer))
    yield from (f"{door}: shows {one}" for one in sorted(world.foreign(actor, answer)))
