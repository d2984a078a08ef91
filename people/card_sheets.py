"""Customer cards on A4: which ones, and what stands on them. Never a name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.utils import timezone

from accounts.models import Membership
from people.models import Household, HouseholdImport
from people.querysets import HouseholdQuerySet

#: Two columns of five cards of 85 x 54 mm.
PER_SHEET = 10
#: Cards on one page of the browser.
PER_PAGE = 200


@dataclass(frozen=True)
class Card:
    """The face of a card; `qr` is a picture as a data address."""

    number: int
    token: str
    qr: str


def card_of(household: Household) -> Card:
    # Level M survives a scratch and a greasy thumb; the margin is drawn by the style sheet.
    code = segno.make(household.card, micro=False, error="m")
    return Card(household.number, household.card, code.svg_data_uri(border=0, omitsize=True))


def sheets(households: Iterable[Household]) -> list[list[Card]]:
    """The cards in the order of their numbers, sheet by sheet."""
    cards = [card_of(household) for household in households]
    return [cards[at : at + PER_SHEET] for at in range(0, len(cards), PER_SHEET)]


@dataclass(frozen=True)
class ToPrint:
    """What can be chosen with one press, and how many cards that gives."""

    last_import: HouseholdImport | None
    from_import: int
    this_month: int

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date) -> "ToPrint":
        last = HouseholdImport.objects.visible_to(membership).last_read_in()
        return cls(
            last_import=last,
            from_import=imported(membership).count(),
            this_month=entered_this_month(membership, today=today).count(),
        )


def imported(membership: Membership) -> HouseholdQuerySet:
    """Households of the list that was read in last."""
    last = HouseholdImport.objects.visible_to(membership).last_read_in()
    mine = Household.objects.visible_to(membership).in_use()
    # Without an import there is nobody: those typed in by hand have no import either.
    return mine.of_import(last) if last else mine.none()


def entered_this_month(membership: Membership, *, today: dt.date) -> HouseholdQuerySet:
    first = timezone.make_aware(dt.datetime.combine(today.replace(day=1), dt.time()))
    return Household.objects.visible_to(membership).in_use().entered_since(first)
