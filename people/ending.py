"""Access that ends soon or ended not long ago, per referrer: what a STEK brings to its OCMW."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from accounts.models import Membership
from people.eligibility import AccessState, Standing, renewed_until
from people.models import GroceryAccess, Household, Referrer
from people.standing import standing_of

#: Days that access which ran out stays on the list.
DAYS_BACK = 60


@dataclass(frozen=True)
class EndingLine:
    """One household; `renew_until` is None when its access can't be renewed by one button."""

    household: Household
    access: GroceryAccess
    standing: Standing
    renew_until: dt.date | None
    request_id: uuid.UUID


@dataclass(frozen=True)
class Group:
    """The lines of one referrer; None when nobody is known to have sent them."""

    referrer: Referrer | None
    lines: tuple[EndingLine, ...]


@dataclass(frozen=True)
class Ending:
    """`referrers` are all that occur, to choose one of; `chosen` limits the list to that one."""

    soon: tuple[Group, ...]
    over: tuple[Group, ...]
    referrers: tuple[Referrer, ...]
    chosen: Referrer | None
    days: int
    days_back: int = DAYS_BACK

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date, referrer: str = "") -> "Ending":
        """Two queries. A referrer that does not occur in the list limits nothing."""
        stek = membership.stek
        mine = Household.objects.visible_to(membership)
        soon = list(mine.expiring(today, stek.expiring_days).with_referrer())
        over = list(mine.ended_since(today - dt.timedelta(days=DAYS_BACK), today).with_referrer())
        there = {h.access.referrer for h in (*soon, *over) if h.access.referrer is not None}
        chosen = next((one for one in there if str(one.pk) == referrer), None)

        def groups(households: Iterable[Household]) -> tuple[Group, ...]:
            rows = [_line(household, membership, today) for household in households]
            return _by_referrer(rows, chosen)

        return cls(
            soon=groups(soon),
            over=groups(over),
            referrers=tuple(sorted(there, key=lambda one: one.name.casefold())),
            chosen=chosen,
            days=stek.expiring_days,
        )


@dataclass(frozen=True)
class Attention:
    """How many households wait for a decision on their access."""

    soon: int
    over: int
    none: int

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date) -> "Attention":
        """Three queries."""
        mine = Household.objects.visible_to(membership)
        since = today - dt.timedelta(days=DAYS_BACK)
        return cls(
            soon=mine.expiring(today, membership.stek.expiring_days).count(),
            over=mine.ended_since(since, today).count(),
            none=mine.without_access().count(),
        )


def _line(household: Household, membership: Membership, today: dt.date) -> EndingLine:
    access, stek = household.access, membership.stek
    assert access is not None  # the queries above look for the end of one
    now = standing_of(household, day=today, stek=stek)
    until = None
    if now.state in {AccessState.EXPIRING, AccessState.EXPIRED}:
        until = renewed_until(access, today=today, months=stek.access_months)
    return EndingLine(household, access, now, until, uuid.uuid4())


def _by_referrer(lines: Iterable[EndingLine], chosen: Referrer | None) -> tuple[Group, ...]:
    """Groups by name, those without a referrer last; the order within a group is kept."""

    def name(line: EndingLine) -> tuple[bool, str, int]:
        referrer = line.access.referrer
        return (False, referrer.name.casefold(), referrer.pk) if referrer else (True, "", 0)

    return tuple(
        Group(rows[0].access.referrer, rows)
        for _key, found in groupby(sorted(lines, key=name), key=name)
        if (rows := tuple(found)) and (chosen is None or rows[0].access.referrer == chosen)
    )
