"""What the pages of signals show: one's own, the list with its filters, the board."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from accounts.models import Membership
from accounts.roles import RECORD
from forms_help.models import Theme
from places.models import Stek
from policy.models import Bundle, Signal
from policy.querysets import SignalQuerySet
from policy.states import OF_BUNDLE, Phase

PER_PAGE = 50
#: The most that stand in one column of the board.
BOARD_ROWS = 30


def themes_for(stek: Stek, chosen: Theme | None = None) -> list[Theme]:
    """Those in use, and the one that was chosen before it retired."""
    themes = list(Theme.objects.of_stek(stek).in_use())
    return [*themes, chosen] if chosen is not None and chosen not in themes else themes


def team_of(stek: Stek, today: dt.date) -> list[Membership]:
    """Who may carry a structural signal on."""
    team = Membership.objects.of_stek(stek).current(today)
    return [one for one in team if one.role in RECORD]


@dataclass(frozen=True)
class MineLine:
    """A signal of one's own, and whether it can still be taken back."""

    signal: Signal
    can_undo: bool


@dataclass(frozen=True)
class Mine:
    """What somebody noted: what was answered since they looked first, then the latest."""

    lines: tuple[MineLine, ...]
    page: Page

    @classmethod
    def of(cls, membership: Membership, *, now: dt.datetime, page: str) -> "Mine":
        rows = Signal.objects.noted_by_member(membership).counted().with_words()
        found = Paginator(rows.new_answers_first(), PER_PAGE).get_page(page)
        return cls(
            lines=tuple(
                MineLine(row, row.may_be_undone(by=membership.user, now=now)) for row in found
            ),
            page=found,
        )


#: What the list shows besides one phase.
LOOSE, ALL = "los", "alles"
#: Beyond these a database may not know the year.
YEARS = range(2000, 3000)


@dataclass(frozen=True)
class Filters:
    """What the list was narrowed to; unknown words in the address are as if they were not there."""

    phase: str = LOOSE
    theme: int = 0
    owner: int = 0
    year: int = 0

    @classmethod
    def of(cls, query: dict[str, str]) -> "Filters":
        phase = query.get("fase", "")
        return cls(
            phase=phase if phase in {LOOSE, ALL, *Phase.values} else LOOSE,
            theme=_whole(query.get("thema", "")),
            owner=_whole(query.get("trekker", "")),
            year=year if (year := _whole(query.get("jaar", ""))) in YEARS else 0,
        )

    @property
    def query(self) -> str:
        """The same as part of an address."""
        parts = [
            f"fase={self.phase}" if self.phase != LOOSE else "",
            f"thema={self.theme}" if self.theme else "",
            f"trekker={self.owner}" if self.owner else "",
            f"jaar={self.year}" if self.year else "",
        ]
        return "&".join(filter(None, parts))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def listed(membership: Membership, filters: Filters) -> SignalQuerySet:
    """The rows of the list, the newest first; a queryset, to be paged."""
    rows = Signal.objects.visible_to(membership).counted().with_words()
    if filters.phase == LOOSE:
        rows = rows.loose()
    elif filters.phase != ALL:
        rows = rows.in_phase(filters.phase)
    if filters.theme:
        rows = rows.about_theme(filters.theme)
    if filters.owner:
        rows = rows.owned_by(filters.owner)
    return rows.noted_in(filters.year) if filters.year else rows


@dataclass(frozen=True)
class SignalList:
    """The list as it is shown, with what can be filtered by and bundled into."""

    filters: Filters
    page: Page
    new: int
    themes: list[Theme]
    team: list[Membership]
    years: list[int]
    bundles: list[Bundle] = field(default_factory=list)

    @classmethod
    def of(cls, membership: Membership, query: dict[str, str], *, today: dt.date) -> "SignalList":
        """Seven queries."""
        filters, mine = Filters.of(query), Signal.objects.visible_to(membership).counted()
        page = Paginator(listed(membership, filters), PER_PAGE).get_page(query.get("pagina"))
        return cls(
            filters=filters,
            page=page,
            new=mine.in_phase(Phase.NOTICED).count(),
            themes=list(Theme.objects.of_stek(membership.stek)),
            team=team_of(membership.stek, today),
            years=mine.years(),
            bundles=list(Bundle.objects.visible_to(membership).open()),
        )

    @property
    def can_bundle(self) -> bool:
        return any(row.bundle_id is None for row in self.page)


@dataclass(frozen=True)
class Card:
    """A structural signal on the board, with how long it has been where it is."""

    bundle: Bundle
    days: int


@dataclass(frozen=True)
class Column:
    """One phase of the board; `more` are not shown."""

    phase: Phase
    cards: tuple[Card, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.cards) + self.more


def board_of(
    membership: Membership, *, now: dt.datetime, theme: int = 0, owner: int = 0
) -> list[Column]:
    """All structural signals by phase, the oldest first; one query."""
    rows = Bundle.objects.visible_to(membership).counted().with_words().with_sizes()
    if theme:
        rows = rows.about_theme(theme)
    if owner:
        rows = rows.owned_by(owner)
    found = list(rows.oldest_first())
    columns = []
    for phase in OF_BUNDLE:
        here = [Card(row, (now - row.phase_at).days) for row in found if row.phase == phase]
        if phase == Phase.FEEDBACK or phase == Phase.NOT_RETAINED:
            here.reverse()  # what is over: the latest first
        columns.append(Column(phase, tuple(here[:BOARD_ROWS]), max(0, len(here) - BOARD_ROWS)))
    return columns
