"""Writes the good rows of a plan in few statements; `prepare` works outside the transaction.

What takes time (search keys, cards) is done before: SQLite lets nobody else write meanwhile.
"""

import datetime as dt
from dataclasses import dataclass, field
from itertools import chain

from django.db import connection

from accounts.models import User
from people.actions import next_number
from people.cards import new_token
from people.imports.plan import Plan
from people.imports.results import Values
from people.models import GroceryAccess, Household, HouseholdImport, Member, NameKey, Referrer
from people.search_keys import stored_keys
from places.models import Stek

BATCH = 500


@dataclass
class _Entry:
    """A household with all that hangs on it, unsaved."""

    values: Values
    household: Household
    members: list[Member] = field(default_factory=list)
    keys: list[tuple[Member | None, int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Prepared:
    """The households of one import, ready to be written."""

    entries: list[_Entry]
    today: dt.date
    by: User
    highest_number: int


def prepare(
    plan: Plan, *, stek: Stek, today: dt.date, source: HouseholdImport, by: User
) -> Prepared:
    """Make the rows of everything new, with a card that nobody has and the keys to find them."""
    new = [row.values for row in plan.new if row.values is not None]
    entries: list[_Entry] = []
    for values, card in zip(new, _free_cards(len(new)), strict=True):
        household = Household(
            stek=stek,
            number=values.number or 0,  # 0 until it is given one
            card=card,
            first_name=values.name.first,
            last_name=values.name.last,
            adults=values.adults,
            children=values.children,
            phone=values.phone,
            language=values.language,
            source_import=source,
            created_by=by,
        )
        entry = _Entry(values, household)
        entry.members = [
            Member(household=household, first_name=name.first, last_name=name.last)
            for name in values.members
        ]
        for member in (None, *entry.members):
            first, last = (member or household).first_name, (member or household).last_name
            entry.keys += [(member, kind, key) for kind, key in sorted(stored_keys(first, last))]
        entries.append(entry)
    highest = max((row.result.number or 0 for row in plan.rows), default=0)
    return Prepared(entries, today, by, highest)


def write(prepared: Prepared, *, stek: Stek) -> dict[str, int]:
    """Insert everything, inside the caller's transaction; return how much of what."""
    entries = prepared.entries
    _give_numbers(prepared, stek)
    Household.objects.bulk_create([entry.household for entry in entries], batch_size=BATCH)
    members = [member for entry in entries for member in entry.members]
    Member.objects.bulk_create(members, batch_size=BATCH)
    accesses = _accesses(prepared, stek)
    GroceryAccess.objects.bulk_create(accesses, batch_size=BATCH)
    _insert_keys(entries, stek)
    return {"households": len(entries), "members": len(members), "accesses": len(accesses)}


def _give_numbers(prepared: Prepared, stek: Stek) -> None:
    """Number those without one after the highest that the STEK has, or the list names anywhere."""
    number = max(prepared.highest_number, next_number(stek) - 1)
    for entry in prepared.entries:
        if entry.values.number is None:
            number += 1
            entry.household.number = number


def _accesses(prepared: Prepared, stek: Stek) -> list[GroceryAccess]:
    """An access for every row with a date; one that ran out already began on its last day."""
    referrers = _referrers(prepared.entries, stek)
    return [
        GroceryAccess(
            household=entry.household,
            referrer=referrers.get(entry.values.referrer_key),
            valid_from=min(prepared.today, entry.values.valid_until),
            valid_until=entry.values.valid_until,
            created_by=prepared.by,
        )
        for entry in prepared.entries
        if entry.values.valid_until is not None
    ]


def _referrers(entries: list[_Entry], stek: Stek) -> dict[str, Referrer]:
    names = {
        entry.values.referrer_key: entry.values.referrer
        for entry in entries
        if entry.values.referrer_key and entry.values.valid_until is not None
    }
    there = {one.key: one for one in Referrer.objects.filter(stek=stek, key__in=names)}
    missing = [
        Referrer(stek=stek, key=key, name=name) for key, name in names.items() if key not in there
    ]
    return there | {one.key: one for one in Referrer.objects.bulk_create(missing)}


def _insert_keys(entries: list[_Entry], stek: Stek) -> None:
    """Insert the search keys, some sixteen for every household, without an object for each.

    For 10,000 households that is 2 seconds instead of 9, and nobody else can write meanwhile.
    """
    rows = [
        (stek.pk, entry.household.pk, member.pk if member else None, kind, key)
        for entry in entries
        for member, kind, key in entry.keys
    ]
    names = ("stek_id", "household_id", "member_id", "kind", "key")
    columns = ", ".join(map(connection.ops.quote_name, names))
    table = connection.ops.quote_name(NameKey._meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - only our own names
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch))
            cursor.execute(insert + places, list(chain.from_iterable(batch)))


def _free_cards(count: int) -> list[str]:
    """Draw cards that nobody has: in a long list two equal ones are likely."""
    cards: set[str] = set()
    while len(cards) < count:
        drawn = {new_token() for _card in range(count - len(cards))}
        taken = Household.objects.filter(card__in=drawn).values_list("card", flat=True)
        cards |= drawn - set(taken)
    return list(cards)
