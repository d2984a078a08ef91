"""One world for all tests of a file: making it anew for each form took longer than sending."""

import pytest

from tests.hostile.world import World, make_world


@pytest.fixture(scope="module")
def world(rows_of_module: None) -> World:
    return make_world()
