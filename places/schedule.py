"""Pure rules of the calendar: which days are holidays, whose turn it is at the table."""

import datetime as dt
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _belgian_holidays(year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("BE", years=year, language="nl"))


def holiday_name(day: dt.date) -> str:
    """The Belgian public holiday on this day in Dutch, or an empty string."""
    return _belgian_holidays(day.year).get(day, "")


def has_turn(*, first_day: dt.date, every_weeks: int, day: dt.date) -> bool:
    """Whether someone who comes every N weeks since `first_day` comes in the week of `day`.

    Weeks are counted from Monday to Monday, so a turn holds when the opening itself moves
    to another day of the same week.
    """
    if day < first_day:
        return False
    monday = day - dt.timedelta(days=day.weekday())
    first_monday = first_day - dt.timedelta(days=first_day.weekday())
    return ((monday - first_monday).days // 7) % every_weeks == 0
