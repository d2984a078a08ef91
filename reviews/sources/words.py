"""Days and spans as a line of the inbox says them; pure."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def on(day: dt.date) -> str:
    """ "do 26/11" of this time of the year, "26/11/2025" of another."""
    return date_format(day, "D j/n")


def full(day: dt.date) -> str:
    return date_format(day)


def days_late(due: dt.date, today: dt.date) -> str:
    days = (today - due).days
    return ngettext("%(days)s dag te laat", "%(days)s dagen te laat", days) % {"days": days}


def weeks_since(day: dt.date, today: dt.date) -> str:
    """Whole weeks; under two weeks in days. At night the day may still be the one before."""
    days = (today - day).days
    if days <= 0:
        return _("vandaag")
    if days < 14:
        return ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}
    return ngettext("%(weeks)s week", "%(weeks)s weken", days // 7) % {"weeks": days // 7}


def size(adults: int, children: int) -> str:
    grown = ngettext("%(n)s volwassene", "%(n)s volwassenen", adults) % {"n": adults}
    if not children:
        return grown
    young = ngettext("%(n)s kind", "%(n)s kinderen", children) % {"n": children}
    return f"{grown}, {young}" if adults else young


def by_when(due: dt.date, today: dt.date) -> str:
    if due < today:
        return days_late(due, today)
    return _("vandaag") if due == today else on(due)
