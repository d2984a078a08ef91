"""The tables name every route of the house, and every door carries what they say."""

from django.contrib import admin

from tests.access.doors import DOORS
from tests.access.narrower import ONLY_OWN, PIN, PIN_OWN
from tests.access.office import LISTS, PAGES, SITE, UNNAMED
from tests.access.routes import is_of_a_stek, routes, view_of
from tests.access.without_role import ANY_ACCOUNT, PUBLIC, WITH_A_KEY


def test_every_route_is_in_one_table() -> None:
    house = {name for name in routes() if not name.startswith("admin:")}
    assert house == set(DOORS) | set(PUBLIC) | set(ANY_ACCOUNT)
    assert len(house) == len(DOORS) + len(PUBLIC) + len(ANY_ACCOUNT)


def test_every_page_of_the_office_is_in_its_table() -> None:
    found = {name for name in routes() if name.startswith("admin:")}
    of_lists = {f"admin:{name.replace('.', '_')}_{page}" for name in LISTS for page in PAGES}
    assert found == of_lists | set(SITE) | {UNNAMED}
    assert {model._meta.label_lower for model in admin.site._registry} == set(LISTS)


def test_every_door_carries_the_roles_of_the_table() -> None:
    for name, (_methods, roles, _ids) in DOORS.items():
        assert getattr(view_of(name), "allowed_roles", None) == roles, name


def test_every_door_says_whether_a_pin_opens_it() -> None:
    assert {name for name in DOORS if view_of(name).open_to_pin} == PIN


def test_what_opens_less_is_a_door_of_a_role_with_rows_of_a_stek() -> None:
    assert set(ONLY_OWN) <= set(DOORS)
    assert set(WITH_A_KEY) <= set(PUBLIC)
    assert PIN_OWN <= PIN
    for name in (*ONLY_OWN, *PIN_OWN):
        assert is_of_a_stek(name), name
