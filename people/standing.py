"""The standing of a household that was fetched with its access, on one day."""

import datetime as dt

from people.eligibility import Standing, standing
from people.models import Household
from places.models import Stek


def standing_of(household: Household, *, day: dt.date, stek: Stek) -> Standing:
    """No query: `household` comes from `Household.objects.with_access()`."""
    access = household.access
    reason = ""
    if access is not None:
        reason = access.get_ended_reason_display() or access.get_suspended_reason_display()
    return standing(access, today=day, expiring_days=stek.expiring_days, reason=str(reason))
