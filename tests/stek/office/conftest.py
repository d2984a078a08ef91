"""Rows of the other STEK, that nobody of this one may meet in the office."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from places.models import Stek
from tests import factories


@pytest.fixture
def rows_of_essen(essen: Stek) -> list[Any]:
    """One row of everything, in the other STEK."""
    household = factories.household(essen, "Verborgen", "Iemand")
    opening = factories.opening(essen)
    return [
        household,
        opening,
        factories.visit(opening, household),
        factories.referrer(essen, "OCMW Verborgen"),
        factories.budget_rule(essen),
        factories.opening_hours(essen),
        factories.closing_day(essen, factories.today(), reason="Verborgen"),
        factories.partner(essen, "Verborgen"),
        factories.theme(essen, "verborgen"),
        factories.help_type(essen, "verborgen"),
        factories.document(essen, "verborgen"),
        factories.household_import(essen, file_name="verborgen.xlsx"),
        factories.membership(essen, user=factories.user("verborgen")).user,
        AuditEvent.objects.create(kind="change", verb="create", stek_id=essen.pk),
    ]
