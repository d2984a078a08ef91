"""The data sets that are measured, made by the code of the demo set."""

import dataclasses
import random
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from bench.names import households
from places.models import Stek
from stek.demo.build import ESSEN, KALMTHOUT, fill
from stek.demo.families import Family
from stek.demo.network import save_neighbour, settle
from stek.demo.places import save_colleagues, save_office, save_stek
from stek.demo.shape import BUSY, NETWORK_STEK, Shape
from visits.days import current_day
from visits.models import Opening
from visits.opening_actions import open_day

#: The STEK that is worked in: alike in both sets, but for its book. 100,000 people in one book is
#: harder than the same people in many; a million visits are those of a network, because nowhere
#: do 2,000 people come in one afternoon.
SMALL = Shape(active=180, ever=2_000, others=8, questions=6, weeks=104)
SHAPES = {
    "small": SMALL,
    "large": dataclasses.replace(SMALL, gone_before=38_000),
    "quick": dataclasses.replace(SMALL, gone_before=6_000),
    "busy": BUSY,
}
PEOPLE = {"small": 5_000, "large": 100_000, "quick": 20_000}
#: How many STEKs there are beside it.
NEIGHBOURS = {"large": 46, "quick": 8}


def _families(people: int, count: int) -> Iterator[Family]:
    """So many people in `count` households, all of whom may come and can be found."""
    made = list(households(people))
    for place in range(count):
        # The book holds a few households more or less than the set has numbers.
        names = tuple(made[place % len(made)])
        adults = min(2, len(names))
        yield Family(names, adults, len(names) - adults, "")


def make_set(name: str, *, seed: int = 2026) -> Stek:
    """Write one of the sets into an empty database, with the demo accounts, the day not opened."""
    today = timezone.localdate()
    shape = SHAPES[name]
    with transaction.atomic():
        plan = dataclasses.replace(KALMTHOUT, shape=shape)
        steks = [save_stek(one, today=today) for one in (plan, ESSEN)]
        users = save_colleagues(steks)
        rng = random.Random(seed)
        people = PEOPLE.get(name)
        fill(
            steks[0],
            shape,
            office=save_office(steks[0], plan, coordinator=users["coordinator"]),
            colleagues=[users["vrijwilliger"], users["helper"], users["mika"]],
            today=today,
            rng=rng,
            people=_families(people, shape.ever + shape.gone_before) if people else None,
        )
    for number in range(1, NEIGHBOURS.get(name, 0) + 1):
        save_neighbour(number, NETWORK_STEK, today=today, seed=seed, secret="")
    settle()
    return steks[0]


def open_today(stek: Stek) -> Opening:
    """The day that is worked in."""
    by = stek.memberships.select_related("user").earliest("pk").user
    return open_day(stek=stek, day=current_day(timezone.now()), present=[(str(by), by.pk)], by=by)
