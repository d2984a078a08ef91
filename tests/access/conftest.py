"""The world of the matrix: made once for a module."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from tests.access.world import World


@pytest.fixture(scope="module")
def world(rows_of_module: None) -> Iterator[World]:
    # That no page asks once per row is proved page by page elsewhere, and costs half of the time.
    plain = [one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]
    with override_settings(MIDDLEWARE=plain):
        yield World.build()
