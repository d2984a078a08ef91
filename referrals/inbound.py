"""What the pages of requests show: a sender what it sent, a coordinator what waits."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from accounts.models import Membership
from people.duplicate import Reason
from people.duplicates import DuplicateFinder
from people.eligibility import Standing
from people.models import Household, Member, Referrer
from people.names import short_name
from people.standing import standing_of
from referrals.models import InboundLink, InboundReferral
from referrals.tokens import hash_of

#: Days that a sender sees what it asked.
DAYS_SHOWN = 90
#: Days that a coordinator sees what was decided; after as many the names are emptied.
DAYS_KEPT = 30
#: A request that waits longer stands out.
DAYS_OLD = 90
#: With one link; a person does not fill in more forms.
MOST_AN_HOUR = 30
MOST_SHOWN = 200
#: Requests on one page: for each of them possible duplicates are looked up.
PER_PAGE = 20
MOST_ALIKE = 3


def initials_of(first_name: str, last_name: str) -> str:
    """What the sender still sees of a name: "F. E."."""
    parts = (short_name("", name) for name in (first_name, last_name))
    return " ".join(part for part in parts if part)[:8] or "–"


def link_behind(token: str) -> InboundLink | None:
    """The link whose key this is; None when it is of none, or was taken back."""
    link: InboundLink | None = InboundLink.objects.opened_by(hash_of(token))
    return link


def sent_with(link: InboundLink, *, now: dt.datetime) -> list[InboundReferral]:
    """What was asked with this link, the latest first."""
    since = now - dt.timedelta(days=DAYS_SHOWN)
    return list(InboundReferral.objects.of_link(link).since(since)[:MOST_SHOWN])


def sends_too_often(link: InboundLink, *, now: dt.datetime) -> bool:
    lately = InboundReferral.objects.of_link(link).since(now - dt.timedelta(hours=1))
    return lately.count() >= MOST_AN_HOUR


@dataclass(frozen=True)
class Alike:
    """A household that the request may be about."""

    household: Household
    standing: Standing
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Line:
    """A request that waits; `is_past` when the day until which it asks is over."""

    request: InboundReferral
    alike: tuple[Alike, ...]
    days: int
    is_old: bool
    is_past: bool


@dataclass(frozen=True)
class LinkLine:
    referrer: Referrer
    link: InboundLink | None


@dataclass(frozen=True)
class Requests:
    """The page of a coordinator."""

    page: Page
    lines: tuple[Line, ...]
    decided: tuple[InboundReferral, ...]
    links: tuple[LinkLine, ...]

    @classmethod
    def of(
        cls, membership: Membership, *, number: str, now: dt.datetime, today: dt.date
    ) -> "Requests":
        """Seven queries, however many wait."""
        mine = InboundReferral.objects.visible_to(membership)
        page = Paginator(mine.waiting().oldest_first(), PER_PAGE).get_page(number)
        since = now - dt.timedelta(days=DAYS_KEPT)
        return cls(
            page=page,
            lines=_lines(list(page), membership, now=now, today=today),
            decided=tuple(mine.decided_since(since)[:MOST_SHOWN]),
            links=_links(membership),
        )


def _lines(
    rows: list[InboundReferral], membership: Membership, *, now: dt.datetime, today: dt.date
) -> tuple[Line, ...]:
    finder = DuplicateFinder()
    if rows:
        mine = Household.objects.visible_to(membership).in_use().with_access()
        finder.add_households(mine, Member.objects.visible_to(membership))
    return tuple(_line(row, finder, membership, now=now, today=today) for row in rows)


def _line(
    row: InboundReferral,
    finder: DuplicateFinder,
    membership: Membership,
    *,
    now: dt.datetime,
    today: dt.date,
) -> Line:
    found = finder.find(
        first_name=row.first_name,
        last_name=row.last_name,
        phone=row.phone,
        adults=row.adults,
        children=row.children,
        limit=MOST_ALIKE,
    )
    days = (now - row.requested_at).days
    return Line(
        request=row,
        alike=tuple(
            Alike(
                one.household,
                standing_of(one.household, day=today, stek=membership.stek),
                one.reasons,
            )
            for one in found
            if one.household is not None
        ),
        days=days,
        is_old=days >= DAYS_OLD,
        is_past=row.valid_until < today,
    )


def _links(membership: Membership) -> tuple[LinkLine, ...]:
    """Every referrer in use, with its link when it has one."""
    links = InboundLink.objects.visible_to(membership).live()
    by_referrer = {link.referrer_id: link for link in links}
    referrers = Referrer.objects.filter(stek_id=membership.stek_id, retired=False)
    return tuple(LinkLine(one, by_referrer.get(one.pk)) for one in referrers)
