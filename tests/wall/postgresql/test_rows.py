"""With the application's own wall taken away: no row of another STEK, for any model."""

import copy
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from accounts.seeing import seeing, seeing_behind
from places.models import Stek
from stek.wall.owned import KEYS, ONLY_ADDED_TO, OWNED, READ_BY_ALL
from stek.wall.policies import model_of
from stek.wall.rights import wanted_rights
from tests import factories
from tests.accounts import laptop
from tests.as_web import web_role
from tests.cast import Colleague, signed_in
from tests.wall.inside import during_a_request
from tests.wall.rows import rows_of

pytestmark = pytest.mark.usefixtures("pages")

HIDDEN = [label for label in OWNED if label not in READ_BY_ALL]
REFUSED = "42501"  # insufficient_privilege: a right that is missing, or a policy


@pytest.fixture
def ours(stek: Stek) -> dict[str, models.Model]:
    return rows_of(stek)


@pytest.fixture
def theirs(essen: Stek) -> dict[str, models.Model]:
    return rows_of(essen)


def ids(label: str) -> set[Any]:
    return set(model_of(label)._base_manager.values_list("pk", flat=True))


def everything() -> dict[str, set[Any]]:
    return {label: ids(label) for label in OWNED}


def test_reading_everything_shows_ones_own_stek(coordinator: Colleague, ours, theirs):
    """One page that forgot `visible_to` for every model at once."""
    seen = during_a_request(coordinator, everything)
    for label in HIDDEN:
        assert ours[label].pk in seen[label], label
        assert theirs[label].pk not in seen[label], label
        assert seen[label] < ids(label), label


def test_who_works_in_two_steks_sees_both(coordinator: Colleague, essen, ours, theirs):
    factories.membership(essen, user=coordinator.user)
    seen = during_a_request(coordinator, everything)
    assert all({ours[label].pk, theirs[label].pk} <= seen[label] for label in HIDDEN)


def test_pin_shows_the_stek_of_the_laptop_only(stek, essen, ours, theirs):
    rita = factories.membership(stek).user
    factories.membership(essen, user=rita)
    factories.pin(rita)
    _device, secret = factories.device(stek)
    client = laptop.at(secret)
    laptop.give_pin(client, rita)
    seen = during_a_request(client, everything)
    assert all(ours[label].pk in seen[label] for label in HIDDEN)
    assert not [label for label in HIDDEN if theirs[label].pk in seen[label]]


def test_role_that_ended_shows_nothing(coordinator: Colleague, ours, today):
    coordinator.membership.last_day = today.replace(year=2020)
    coordinator.membership.save()
    seen = during_a_request(coordinator, everything)
    assert {label: pks for label, pks in seen.items() if pks and label in HIDDEN} == {}


def test_visitor_without_a_key_sees_nothing(stranger: Client, ours, theirs):
    seen = during_a_request(stranger, everything)
    assert {label: pks for label, pks in seen.items() if pks and label in HIDDEN} == {}


def rows_touched(sql: str, values: list[Any]) -> int | str:
    """How many rows a statement reached, or the code of the refusal."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except ProgrammingError as error:
        return error.__cause__.pgcode


def change(label: str, pk: Any) -> int | str:
    table = model_of(label)._meta.db_table
    return rows_touched(f'UPDATE "{table}" SET id = id WHERE id = %s', [pk])


def remove(label: str, pk: Any) -> int | str:
    table = model_of(label)._meta.db_table
    return rows_touched(f'DELETE FROM "{table}" WHERE id = %s', [pk])


@pytest.mark.parametrize("what", [change, remove])
def test_nothing_of_another_stek_is_changed_or_removed(coordinator, ours, theirs, what):
    found = during_a_request(
        coordinator, lambda: {label: what(label, theirs[label].pk) for label in OWNED}
    )
    assert set(found.values()) <= {0, REFUSED}
    assert all(theirs[label].pk in ids(label) for label in OWNED)


def test_ones_own_rows_are_changed(coordinator, ours):
    """Or the test above would pass on pages that can do nothing at all."""
    found = during_a_request(
        coordinator, lambda: {label: change(label, ours[label].pk) for label in OWNED}
    )
    assert {label for label, answer in found.items() if answer != 1} == ONLY_ADDED_TO


def add_one_like(row: models.Model) -> str:
    """Another row with the same values; the answer is the code of the refusal."""
    another = copy.copy(row)
    another.pk, another._state.adding = 900_000_000, True
    try:
        with transaction.atomic():
            another.save_base(raw=True, force_insert=True)
    except ProgrammingError as error:
        return error.__cause__.pgcode
    return ""


def test_nothing_is_added_to_another_stek(coordinator, ours, theirs):
    found = during_a_request(
        coordinator, lambda: {label: add_one_like(theirs[label]) for label in OWNED}
    )
    assert {label for label, answer in found.items() if answer != REFUSED} == set()


def test_row_between_two_is_not_tied_to_another_steks_question(coordinator, ours, theirs):
    between = ours["forms_help.Question_help_types"]
    between.question_id = theirs["forms_help.Question"].pk
    assert during_a_request(coordinator, lambda: add_one_like(between)) == REFUSED


def test_row_is_not_moved_to_another_stek(coordinator, essen, ours):
    household = ours["people.Household"]

    def move() -> int | str:
        sql = "UPDATE people_household SET stek_id = %s WHERE id = %s"
        return rows_touched(sql, [essen.pk, household.pk])

    assert during_a_request(coordinator, move) == REFUSED


@pytest.mark.parametrize("label", KEYS)
def test_key_leads_to_its_stek_only(label, ours, theirs, essen):
    key = factories.consumer(essen) if label == "reports.Consumer" else theirs[label]
    with web_role(), seeing_behind(getattr(key, KEYS[label][0])):
        seen = everything()
    for one in HIDDEN:
        assert theirs[one].pk in seen[one], one
        assert ours[one].pk not in seen[one], one


def test_key_that_leads_nowhere_shows_nothing(ours):
    with web_role(), seeing_behind("0" * 64):
        seen = everything()
    assert not any(seen[label] for label in HIDDEN)


def test_one_stek_within_another_is_only_that_one(stek, essen):
    here, there = factories.household(stek), factories.household(essen)
    with web_role(), seeing([stek.pk]):
        with seeing([essen.pk]):
            assert ids("people.Household") == {there.pk}
        assert ids("people.Household") == {here.pk}
    with web_role():
        assert ids("people.Household") == set()


def test_pages_have_exactly_the_rights_of_the_list(db):
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    for table, wanted in wanted_rights().items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r FROM unnest(%s) r WHERE has_table_privilege('stek_web', %s, r)",
                [list(rights), table],
            )
            assert {right for (right,) in cursor.fetchall()} == wanted, table


def test_colleague_who_works_elsewhere_too_is_known_to(administrator, essen, stek):
    """The office locks the account of such a colleague, so that much must be seen."""
    shared = signed_in(factories.membership(stek)).user
    factories.membership(essen, user=shared)
    assert during_a_request(administrator, shared.memberships.count) == 2
