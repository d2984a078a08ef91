"""The standing of a household that was fetched with its access, on one day."""

import datetime as dt

from people.eligibility import Standing, standing
from people.models import Household
from places.models import Stek


def standing_of(household: Household, *, day: dt.date, stek: Stek) -> Standing:
    """No query: `household` comes from `Household.objects.with_access()`."""
    access = household.access
    reason = ""
    if access is not None and access.ended_at is not None:
        reason = str(access.get_ended_reason_display())
    elif access is not None and access.suspended_at is not None:
        reason = str(access.get_suspended_reason_display())
    return standing(access, today=day, expiring_days=stek.expiring_days, reason=reason)
