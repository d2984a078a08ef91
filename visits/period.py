"""The days that figures are about: a week, month, quarter, half year, year, or two free days; pure.

A day is the local day that stands on the opening, so no hour and no change of the clock moves it.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

#: No STEK was open before, and no report goes this far ahead.
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: The longest free period, in days: five years and a bit.
LONGEST = 5 * 366


class Kind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FREE = "free"


class PeriodError(ValueError):
    """The text names no period; `reason` is one of the words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, order=True)
class Period:
    """From `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    kind: Kind

    @classmethod
    def parse(cls, key: str) -> "Period":
        """The period of an address: 2026-W47, 2026-03, 2026-Q3, 2026-H1, 2026,
        2026-01-15_2026-02-20.

        Raises PeriodError: "unknown" for any other text, "reversed" when the end comes first,
        "long" for more than five years, "far" for free days outside 2000 to 2100.
        """
        for pattern, make in _FORMS:
            match = pattern.fullmatch(key)
            if match:
                try:
                    return make(*match.groups())
                except ValueError as error:
                    reason = error.reason if isinstance(error, PeriodError) else "unknown"
                    raise PeriodError(reason) from None
        raise PeriodError("unknown")

    @classmethod
    def free(cls, first: dt.date, last: dt.date) -> "Period":
        if last < first:
            raise PeriodError("reversed")
        if (last - first).days >= LONGEST:
            raise PeriodError("long")
        if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
            raise PeriodError("far")
        return cls(first, last, Kind.FREE)

    @cached_property
    def key(self) -> str:
        """As it stands in an address."""
        year, month = self.first.year, self.first.month
        if self.kind is Kind.WEEK:
            week = self.first.isocalendar()
            return f"{week.year}-W{week.week:02}"
        if self.kind is Kind.FREE:
            return f"{self.first.isoformat()}_{self.last.isoformat()}"
        return {
            Kind.MONTH: f"{year}-{month:02}",
            Kind.QUARTER: f"{year}-Q{(month + 2) // 3}",
            Kind.HALF: f"{year}-H{(month + 5) // 6}",
            Kind.YEAR: f"{year}",
        }[self.kind]

    @property
    def label(self) -> str:
        """As people say it: "derde kwartaal 2026", "week 47 van 2026"."""
        year, month = self.first.year, self.first.month
        if self.kind is Kind.WEEK:
            week = self.first.isocalendar()
            return _("week %(week)s van %(year)s") % {"week": week.week, "year": week.year}
        if self.kind is Kind.MONTH:
            return date_format(self.first, "F Y")
        if self.kind is Kind.QUARTER:
            names = (
                _("eerste kwartaal"), _("tweede kwartaal"), _("derde kwartaal"),
                _("vierde kwartaal"),
            )  # fmt: skip
            return f"{names[(month - 1) // 3]} {year}"
        if self.kind is Kind.HALF:
            return f"{(_('eerste halfjaar'), _('tweede halfjaar'))[month > 6]} {year}"
        return str(year) if self.kind is Kind.YEAR else self.days_label

    @property
    def short(self) -> str:
        """Where there is little room: "kw. 3 2026", "wk. 47 2026", "01/07/26-15/08/26"."""
        year, month = self.first.year, self.first.month
        if self.kind is Kind.FREE:
            return f"{self.first:%d/%m/%y}-{self.last:%d/%m/%y}"
        week = self.first.isocalendar()
        return {
            Kind.WEEK: _("wk.\u00a0%(number)s\u00a0%(year)s")
            % {"number": week.week, "year": week.year},
            Kind.MONTH: date_format(self.first, "M Y"),
            Kind.QUARTER: _("kw.\u00a0%(number)s\u00a0%(year)s")
            % {"number": (month + 2) // 3, "year": year},
            Kind.HALF: _("helft %(number)s %(year)s") % {"number": (month + 5) // 6, "year": year},
            Kind.YEAR: str(year),
        }[self.kind]

    @property
    def days_label(self) -> str:
        """The days themselves: "1 juli tot en met 30 september 2026"."""
        first = date_format(self.first, "j F Y")
        if self.first == self.last:
            return first
        if self.first.year == self.last.year:
            first = date_format(self.first, "j F")
        return f"{first} {_('tot en met')} {date_format(self.last, 'j F Y')}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def is_closed(self, today: dt.date) -> bool:
        """Whether its last day is over, so that it can be frozen."""
        return self.last < today

    def is_future(self, today: dt.date) -> bool:
        """Whether nothing of it has happened yet."""
        return self.first > today

    def before(self) -> "Period":
        """The one that came just before: as long, or of the same kind."""
        last = self.first - dt.timedelta(days=1)
        if self.kind is Kind.FREE:
            return Period(last - dt.timedelta(days=self.days - 1), last, Kind.FREE)
        return _MAKE[self.kind](last)

    def after(self) -> "Period":
        first = self.last + dt.timedelta(days=1)
        if self.kind is Kind.FREE:
            return Period(first, first + dt.timedelta(days=self.days - 1), Kind.FREE)
        return _MAKE[self.kind](first)

    def year_before(self) -> "Period":
        """The same one a year earlier; week 53 becomes the last week of the year before."""
        if self.kind is Kind.WEEK:
            week = self.first.isocalendar()
            last_week = dt.date(week.year - 1, 12, 28).isocalendar().week
            return week_of(dt.date.fromisocalendar(week.year - 1, min(week.week, last_week), 1))
        first = _year_earlier(self.first)
        if self.kind is Kind.FREE:
            return Period(first, _year_earlier(self.last), Kind.FREE)
        return _MAKE[self.kind](first)

    def months(self) -> "tuple[Period, ...]":
        """The calendar months that it touches, each cut to the days that lie in it."""
        found = []
        month = month_of(self.first)
        while month.first <= self.last:
            first, last = max(month.first, self.first), min(month.last, self.last)
            whole = (first, last) == (month.first, month.last)
            found.append(month if whole else Period(first, last, Kind.FREE))
            month = month.after()
        return tuple(found)

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last


def week_of(day: dt.date) -> Period:
    monday = day - dt.timedelta(days=day.weekday())
    return Period(monday, monday + dt.timedelta(days=6), Kind.WEEK)


def month_of(day: dt.date) -> Period:
    return _months(day.year, day.month, 1, Kind.MONTH)


def quarter_of(day: dt.date) -> Period:
    return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3, Kind.QUARTER)


def half_of(day: dt.date) -> Period:
    return _months(day.year, (day.month - 1) // 6 * 6 + 1, 6, Kind.HALF)


def year_of(day: dt.date) -> Period:
    return _months(day.year, 1, 12, Kind.YEAR)


def last_closed_quarter(today: dt.date) -> Period:
    """What most reports are about."""
    return quarter_of(today).before()


def _months(year: int, month: int, count: int, kind: Kind) -> Period:
    after = year * 12 + month - 1 + count
    last = dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    return Period(dt.date(year, month, 1), last, kind)


def _year_earlier(day: dt.date) -> dt.date:
    """29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


_MAKE: dict[Kind, Callable[[dt.date], Period]] = {
    Kind.WEEK: week_of,
    Kind.MONTH: month_of,
    Kind.QUARTER: quarter_of,
    Kind.HALF: half_of,
    Kind.YEAR: year_of,
}


def _year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError("unknown")
    return year


#: [0-9] and not \d, which takes digits of every script.
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (
        re.compile("([0-9]{4})-W([0-9]{2})"),
        lambda year, week: week_of(dt.date.fromisocalendar(_year(year), int(week), 1)),
    ),
    (
        re.compile("([0-9]{4})-([0-9]{2})"),
        lambda year, month: month_of(dt.date(_year(year), int(month), 1)),
    ),
    (
        re.compile("([0-9]{4})-Q([1-4])"),
        lambda year, quarter: _months(_year(year), int(quarter) * 3 - 2, 3, Kind.QUARTER),
    ),
    (
        re.compile("([0-9]{4})-H([12])"),
        lambda year, half: _months(_year(year), int(half) * 6 - 5, 6, Kind.HALF),
    ),
    (re.compile("([0-9]{4})"), lambda year: year_of(dt.date(_year(year), 1, 1))),
    (
        re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{4}-[0-9]{2}-[0-9]{2})"),
        lambda first, last: Period.free(dt.date.fromisoformat(first), dt.date.fromisoformat(last)),
    ),
)
