"""A STEK, when it is open, who sits at its table, and its partners; not what happens on a day."""

from places.models.changes import ChangedDay, TableChange
from places.models.hours import ClosingDay, OpeningHours, SitterKind, TableTurn, Weekday
from places.models.partners import Partner
from places.models.stek import Stek

__all__ = [
    "ChangedDay",
    "ClosingDay",
    "OpeningHours",
    "Partner",
    "SitterKind",
    "Stek",
    "TableChange",
    "TableTurn",
    "Weekday",
]
