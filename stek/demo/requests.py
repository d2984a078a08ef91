"""Two requests of an OCMW that wait, one of them about a household that is known already."""

import datetime as dt
from collections.abc import Sequence

from people.eligibility import months_later
from people.models import Household
from referrals.inbound import initials_of
from referrals.models import InboundLink, InboundReferral
from referrals.tokens import hash_of, new_token
from stek.demo.population import Customer, Office, at


def save_requests(customers: Sequence[Customer], *, office: Office, today: dt.date) -> None:
    """With the link of the first referrer; nobody has its key, a coordinator makes a new one."""
    referrer = office.referrers[0]
    link = InboundLink.objects.create(
        stek_id=referrer.stek_id,
        referrer=referrer,
        token_hash=hash_of(new_token()),
        created_by=office.coordinator,
    )
    known = next(c.household for c in reversed(customers) if _left(c))
    asked = (
        (Household(first_name="Nisrine", last_name="Bouzidi", adults=2, children=3), "ar", 4),
        (known, known.language, 1),
    )
    for household, language, days in asked:
        InboundReferral.objects.create(
            stek_id=referrer.stek_id,
            link=link,
            first_name=household.first_name,
            last_name=household.last_name,
            initials=initials_of(household.first_name, household.last_name),
            language=language,
            adults=household.adults,
            children=household.children,
            valid_until=months_later(today, referrer.stek.access_months),
            agreed=True,
            requested_at=at(today - dt.timedelta(days=days), 10, 20),
        )


def _left(customer: Customer) -> bool:
    """Came before, and still has a name."""
    return customer.last_day is not None and customer.household.erased_at is None
