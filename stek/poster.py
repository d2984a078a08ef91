"""A sheet for the window: when, who sits at the table, and a code that leads to the page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Self

import segno
from django.utils.translation import gettext as _

from places.languages import VisitorLanguage, say_hours, say_weekday
from places.models import OpeningHours, SitterKind, Stek, TableTurn

#: Hours that start later than this do not hang in the window yet.
SOON = dt.timedelta(days=14)
#: How large the hours stand there, by the number of lines at most.
SIZES = ((2, "large"), (3, "medium"), (5, "small"))


class Paper(Enum):
    A4 = "a4"
    A3 = "a3"

    @classmethod
    def of(cls, name: str) -> Self:
        """The paper with this name; A4 when there is none."""
        return cls(name) if name in {paper.value for paper in cls} else cls("a4")

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True)
class PosterLine:
    day: str
    hours: str
    #: Partners and community workers; those who don't come every week say so.
    at_table: tuple[str, ...]


@dataclass(frozen=True)
class Poster:
    """`qr` is a picture as a data address; `address` is what it says."""

    stek: Stek
    lines: tuple[PosterLine, ...]
    address: str
    qr: str

    @classmethod
    def of(cls, stek: Stek, language: VisitorLanguage, *, today: dt.date, address: str) -> Self:
        pattern = OpeningHours.objects.of_stek(stek).between(today, today + SOON)
        code = segno.make(address, micro=False, error="m")
        return cls(
            stek=stek,
            lines=tuple(_lines(pattern, language)),
            address=address,
            qr=code.svg_data_uri(border=0, omitsize=True),
        )

    @property
    def typed_address(self) -> str:
        """What somebody without a camera types."""
        return self.address.partition("://")[2]

    @property
    def size(self) -> str:
        return next((size for most, size in SIZES if len(self.lines) <= most), "tiny")


def _lines(pattern: Iterable[OpeningHours], language: VisitorLanguage) -> list[PosterLine]:
    return [
        PosterLine(
            day=say_weekday(hours.weekday, language),
            hours=say_hours(hours.opens_at, hours.closes_at, language),
            at_table=_at_table(hours.turns.all()),
        )
        for hours in pattern
    ]


def _at_table(everybody: Iterable[TableTurn]) -> tuple[str, ...]:
    turns = list(everybody)
    names = [_name(turn) for turn in turns if turn.kind != SitterKind.VOLUNTEER]
    if any(turn.kind == SitterKind.VOLUNTEER for turn in turns):
        names.append(_("vrijwilligers"))
    return tuple(names)


def _name(turn: TableTurn) -> str:
    name = turn.who.split()[0] if turn.kind == SitterKind.COMMUNITY_WORKER else turn.who
    return _("%(who)s (niet elke week)") % {"who": name} if turn.every_weeks > 1 else name
