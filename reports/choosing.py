"""Which period somebody asks for: one of a short list, or two days of their own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from visits.period import (
    Period,
    PeriodError,
    half_of,
    last_closed_quarter,
    month_of,
    quarter_of,
    week_of,
    year_of,
)


@dataclass(frozen=True)
class Option:
    """A period of the list, by name."""

    name: str
    period: Period


@dataclass(frozen=True)
class Choice:
    """`period` is None when what was asked is no period; `error` then says why.

    `first` and `last` are the two free days as they were typed.
    """

    period: Period | None
    error: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], *, today: dt.date) -> "Choice":
        """`periode` is the key of a period; with two days instead, `van` and `tot`."""
        key, first, last = (asked.get(name, "").strip() for name in ("periode", "van", "tot"))
        if first or last:
            return cls._free(first, last, today=today)
        if not key:
            return cls(last_closed_quarter(today))
        return _checked(key, today=today)

    @classmethod
    def _free(cls, first: str, last: str, *, today: dt.date) -> "Choice":
        days = []
        for text in (first, last):
            try:
                day = parse_date(text)
            except ValueError:
                day = None
            if day is None:
                return cls(None, _("Vul de eerste en de laatste dag in."), first, last)
            days.append(day)
        found = _checked(f"{days[0].isoformat()}_{days[1].isoformat()}", today=today)
        return cls(found.period, found.error, first, last)


def _checked(key: str, *, today: dt.date) -> Choice:
    try:
        period = Period.parse(key)
    except PeriodError as error:
        return Choice(None, wrong_days(error.reason))
    if period.is_future(today):
        return Choice(None, _("Die periode moet nog beginnen. Kies een vroegere."))
    return Choice(period)


def wrong_days(reason: str) -> str:
    """What is wrong with a period, by the reason of its `PeriodError`."""
    return {
        "reversed": _("De laatste dag komt voor de eerste. Wissel ze om."),
        "long": _("Dat is meer dan vijf jaar. Kies een kortere periode."),
        "far": _("Kies dagen tussen 2000 en 2100."),
    }.get(reason, _("Dat is geen periode. Kies er een uit de lijst, of vul twee dagen in."))


@dataclass(frozen=True)
class Options:
    """What people ask for most, the preset first."""

    list: tuple[Option, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.period.key for option in self.list)

    @classmethod
    def of(cls, today: dt.date) -> "Options":
        month, half, year = month_of(today), half_of(today), year_of(today)
        return cls(
            (
                Option(_("vorig kwartaal"), last_closed_quarter(today)),
                Option(_("dit kwartaal, tot vandaag"), quarter_of(today)),
                Option(_("vorige maand"), month.before()),
                Option(_("deze maand, tot vandaag"), month),
                Option(_("vorig halfjaar"), half.before()),
                Option(_("vorig jaar"), year.before()),
                Option(_("dit jaar, tot vandaag"), year),
                Option(_("vorige week"), week_of(today).before()),
            )
        )
