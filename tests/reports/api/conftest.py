"""A STEK with frozen figures, and a consumer that reads them, late in November."""

from copy import copy

import pytest
import time_machine
from django.db import transaction

from places.models import Stek
from tests import factories
from tests.reports.api import NOW, TOKEN, fill


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def made(rows_of_module):
    """A STEK with what `fill` says, and its third quarter as it is frozen."""
    with time_machine.travel(NOW, tick=False):
        stek = factories.stek("Kalmthout")
        fill(stek)
        with transaction.atomic():
            autumn = factories.snapshot(stek, "saamo", "2026-Q3")
            transaction.set_rollback(True)
    return stek.pk, autumn


@pytest.fixture
def stek(made, db):
    return Stek.objects.get(pk=made[0])


@pytest.fixture
def busy(stek):
    return stek


@pytest.fixture
def koepel(busy):
    """Reads Kalmthout."""
    return factories.consumer(busy, token=TOKEN)


@pytest.fixture
def frozen(made, db):
    row = copy(made[1])
    row.save(force_insert=True)
    return row
