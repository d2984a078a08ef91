"""Who has a customer number, since when, until when, and with which decisions on access."""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from people.cards import DIGITS, token_of
from people.eligibility import months_later
from people.models import BudgetStep, GroceryAccess, Household, Member, NameKey, Referrer
from people.search import keys_for
from places.models import Stek
from stek.demo.bulk import write_rows
from stek.demo.families import Family
from stek.demo.shape import Shape

#: Every so many weeks, and out of 100 households how many.
HABITS = {1: 30, 2: 25, 4: 30, 13: 15}
#: Nobody leaves sooner than this after they came.
STAYS_AT_LEAST = dt.timedelta(weeks=8)

#: First and last day as a customer; None: still one.
Stay = tuple[dt.date, dt.date | None]

#: Invented customers start here, so that somebody can try a list of their own, which starts at 1.
FIRST_NUMBER = 501


@dataclass
class Customer:
    """A household as it will be written, and how it behaves."""

    household: Household
    members: list[Member]
    first_day: dt.date
    #: None: still comes.
    last_day: dt.date | None
    every_weeks: int
    #: In which of those weeks, and on which of the opening days of a week by preference.
    offset: int
    favourite: int
    accesses: list[GroceryAccess] = field(default_factory=list)

    @property
    def access(self) -> GroceryAccess:
        """The decision that holds now."""
        return self.accesses[-1]


@dataclass(frozen=True)
class Office:
    """What a decision on access is made with."""

    coordinator: User
    #: The first one sends the most households.
    referrers: Sequence[Referrer]
    steps: Sequence[BudgetStep]


def at(day: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    """A moment in local time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute, second)))


def made_key(rng: random.Random) -> uuid.UUID:
    """A request id that the seed decides."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _stays(shape: Shape, today: dt.date, rng: random.Random) -> list[Stay]:
    """First and last days; at any moment `shape.active` households are customers."""
    start = today - dt.timedelta(weeks=shape.weeks)
    left_before = start - dt.timedelta(days=1)
    begun = sorted(start - dt.timedelta(days=rng.randrange(180)) for _ in range(shape.active))
    stays: list[Stay] = [(first, None) for first in begun]
    staying = list(range(shape.active))
    newcomers = shape.ever - shape.active
    # The last ones came two weeks ago: nobody is so new that nothing is known of them.
    days = (today - start).days - 14
    for number in range(newcomers):
        came = start + dt.timedelta(days=days * (number + 1) // newcomers)
        place = rng.randrange(len(staying))
        for _again in range(20):  # rather not somebody who only just came
            if stays[staying[place]][0] + STAYS_AT_LEAST < came:
                break
            place = rng.randrange(len(staying))
        left = staying[place]
        staying[place] = staying[-1]
        staying.pop()
        stays[left] = (stays[left][0], came)
        staying.append(len(stays))
        stays.append((came, None))
    return stays + [(left_before - STAYS_AT_LEAST, left_before)] * shape.gone_before


def population(
    stek: Stek,
    shape: Shape,
    *,
    families: Iterator[Family],
    today: dt.date,
    rng: random.Random,
    office: Office,
) -> list[Customer]:
    """All households that ever had a number, unsaved, in the order of their numbers."""
    cards: set[str] = set()
    customers = []
    for number, (first_day, last_day) in enumerate(_stays(shape, today, rng), start=FIRST_NUMBER):
        family = next(families)
        household = Household(
            stek=stek,
            number=number,
            card=_card(rng, cards),
            first_name=family.people[0][0],
            last_name=family.people[0][1],
            adults=family.adults,
            children=family.children,
            phone=_phone(rng) if rng.random() < 0.6 else "",
            language=family.language,
            request_id=made_key(rng),
            created_at=at(first_day, 10, rng.randrange(60)),
            created_by=office.coordinator,
        )
        every_weeks = rng.choices(list(HABITS), list(HABITS.values()))[0]
        customer = Customer(
            household=household,
            members=[
                Member(household=household, first_name=first, last_name=last, request_id=key)
                for first, last, key in ((*name, made_key(rng)) for name in family.people[1:])
            ],
            first_day=first_day,
            last_day=last_day,
            every_weeks=every_weeks,
            offset=rng.randrange(every_weeks),
            favourite=rng.randrange(len(shape.weekdays)),
        )
        customer.accesses = _accesses(customer, stek.access_months, today, rng, office)
        customers.append(customer)
    return customers


def _card(rng: random.Random, given: set[str]) -> str:
    """A card token that the seed decides; the real ones are drawn by the system's own chance."""
    while True:
        card = token_of(rng.randrange(10**DIGITS))
        if card not in given:
            given.add(card)
            return card


def _phone(rng: random.Random) -> str:
    return f"0460 00 {rng.randrange(100):02d} {rng.randrange(100):02d}"


def _accesses(
    customer: Customer, months: int, today: dt.date, rng: random.Random, office: Office
) -> list[GroceryAccess]:
    """Decisions that follow each other from the first day until they left, or past today."""
    until_at_least = customer.last_day or today
    weights = [12, *([3] * (len(office.referrers) - 1))]
    referrer = rng.choices(office.referrers, weights)[0]
    # Now and then the referrer decides on an amount by itself.
    step = rng.choice(office.steps) if rng.random() < 0.1 else None
    rows: list[GroceryAccess] = []
    valid_from = customer.first_day
    while not rows or rows[-1].valid_until < until_at_least:
        valid_until = months_later(valid_from, months)
        decided = valid_from - dt.timedelta(days=rng.randrange(10) if rows else 0)
        rows.append(
            GroceryAccess(
                household=customer.household,
                referrer=referrer,
                budget_step=step,
                valid_from=valid_from,
                valid_until=valid_until,
                current=False,
                request_id=made_key(rng),
                created_at=at(decided, 11, rng.randrange(60)),
                created_by=office.coordinator,
            )
        )
        valid_from = valid_until + dt.timedelta(days=1)
    rows[-1].current = True
    if customer.last_day is not None and (rows[-1].valid_until >= today or rng.random() < 0.25):
        end_access(rows[-1], customer.last_day, rng.choice(_ENDINGS), office.coordinator)
    return rows


_ENDINGS = tuple(GroceryAccess.EndReason)


def end_access(access: GroceryAccess, day: dt.date, reason: str, by: User) -> None:
    """Note, on a row that is not written yet, that it was ended."""
    access.ended_at = at(day, 16, 30)
    access.ended_by = by
    access.ended_reason = reason


def save(customers: Sequence[Customer]) -> None:
    """Write households, members, decisions and search keys, in the order of the numbers."""
    Household.objects.bulk_create([c.household for c in customers], batch_size=2000)
    Member.objects.bulk_create([m for c in customers for m in c.members], batch_size=2000)
    GroceryAccess.objects.bulk_create([a for c in customers for a in c.accesses], batch_size=2000)
    names = ("stek_id", "household_id", "member_id", "kind", "key")
    write_rows(NameKey, names, _key_rows(customers))


def _key_rows(
    customers: Iterable[Customer],
) -> Iterator[tuple[int, int, int | None, int, str]]:
    for customer in customers:
        if customer.household.erased_at is not None:
            continue
        for key in keys_for(customer.household, customer.members):
            yield key.stek_id, key.household_id, key.member_id, int(key.kind), key.key
