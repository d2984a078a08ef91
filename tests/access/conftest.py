"""The world of the matrix: made once for a module, in a transaction that is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    # That no page asks once per row is proved page by page elsewhere, and costs half of the time.
    plain = override_settings(
        MIDDLEWARE=[one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]
    )
    with django_db_blocker.unblock(), plain, transaction.atomic():
        yield World.build()
        transaction.set_rollback(True)
