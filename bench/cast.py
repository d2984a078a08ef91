"""Who stands in a set: people to look for, and households that may shop today."""

import datetime as dt
import random

from people.models import GroceryAccess, Household, Member
from places.models import Stek


def count_people(stek: Stek) -> int:
    """All who can be found by name."""
    members = Member.objects.filter(household__stek=stek).count()
    return members + Household.objects.of_stek(stek).in_use().count()


def some_people(stek: Stek, count: int, rng: random.Random) -> list[tuple[int, str, str]]:
    """Number, first and last name of people anywhere in the book; members as often as contacts."""
    names = ("number", "first_name", "last_name")
    contacts = list(Household.objects.of_stek(stek).in_use().order_by("pk").values_list(*names))
    members = list(
        Member.objects.filter(household__stek=stek)
        .order_by("pk")
        .values_list("household__number", "first_name", "last_name")
    )
    return rng.sample(contacts, count // 2) + rng.sample(members, count - count // 2)


def who_may_shop(stek: Stek, today: dt.date, rng: random.Random, most: int = 600) -> list[int]:
    """Households whose access holds today: the counter has no question about these."""
    found = list(
        GroceryAccess.objects.current()
        .filter(
            household__stek=stek,
            valid_from__lte=today,
            valid_until__gte=today,
            ended_at=None,
            suspended_at=None,
        )
        .order_by("pk")
        .values_list("household_id", flat=True)
    )
    return rng.sample(found, min(most, len(found)))
