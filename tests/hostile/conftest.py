"""One world for all tests of a file: making it anew for each form took longer than sending."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.hostile.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Each test takes back what it wrote; the whole goes when the file is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
