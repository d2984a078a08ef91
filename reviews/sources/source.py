"""What a source of the inbox is: a bounded question to the database, and a line for each row.

A source says which rows wait (`rows`) and what stands on their lines (`items`). Which of them
somebody decided on already is no matter of a source: `reviews.inbox` knows.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from accounts.models import Membership
from places.models import Stek
from reviews.kinds import Kind
from reviews.models import Decision
from visits.days import current_day, start_of
from visits.period import Period, week_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Look:
    """Who looks, and when; the week of the inbox is always the one of now."""

    membership: Membership
    now: dt.datetime
    #: User ids of who can have something in hand here.
    team: frozenset[int] = frozenset()
    #: By kind, what somebody decided on since Monday: it stays in sight, ticked.
    ticked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    #: The kinds of which something was ever decided.
    decided: frozenset[str] = frozenset()
    #: The kind of which everything is asked for.
    whole: str = ""
    #: By kind, what a source found when it was asked for its rows, and needs for their lines.
    found: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def stek(self) -> Stek:
        return self.membership.stek

    @cached_property
    def today(self) -> dt.date:
        return current_day(self.now)

    @cached_property
    def week(self) -> Period:
        return week_of(self.today)

    @cached_property
    def monday(self) -> dt.datetime:
        return start_of(self.week.first)

    def days_ago(self, days: int) -> dt.datetime:
        """The first moment of that day."""
        return start_of(self.today - dt.timedelta(days=days))


@dataclass(frozen=True)
class Item:
    """One line. `since` is the day from which it stands in the inbox."""

    subject_id: int
    about_day: dt.date
    since: dt.date
    words: str
    detail: str = ""
    #: The customer number, where there is one.
    number: int | None = None
    #: Beside the words: by when, or how long; `is_late` when that day has passed.
    when: str = ""
    is_late: bool = False
    #: Where it is solved: the name of an address, and what goes into it.
    url: str = ""
    url_id: int | None = None
    anchor: str = ""
    kind: Kind = Kind.NEW
    decision: Decision | None = None
    is_ticked: bool = False
    #: The week since which it comes back, when that is not this one.
    comes_back: Period | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def name(self) -> str:
        """As it stands in the page and in an address; it tells nothing about anybody."""
        return f"{self.kind}-{self.subject_id}"


@dataclass(frozen=True)
class Source:
    """One kind of things that wait."""

    kind: Kind
    #: When a thing stands here, in a sentence.
    explained: "StrOrPromise"
    #: Every row that could ever stand here for this colleague; of another STEK none.
    all: Callable[[Membership], QuerySet[Any]]
    #: Those that wait now, with the day of the fact as `about_day`; at most one query.
    rows: Callable[[Look], QuerySet[Any]]
    #: Their lines; a row without a line does not wait after all.
    items: Callable[[Sequence[Any], Look], list[Item]]
    #: How many rows are looked at when only some of them get a line; 0: each gets one.
    sifts: int = 0
    #: A page of its own for this kind, and what its link says.
    page: str = ""
    page_label: "StrOrPromise" = ""
