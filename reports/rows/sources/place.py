"""All rows that count, of one STEK in one period, and what stands behind one number of them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from forms_help.models import HelpType, Question, Theme
from people.models import Household
from places.models import Partner, Stek
from policy.models import Bundle, Signal
from referrals.models import Referral
from referrals.querysets import ReferralQuerySet
from visits import tallies
from visits.days import start_of
from visits.models import Activity, Opening, Visit
from visits.period import Period


class UnknownRowError(LookupError):
    """There is no such table, or no such row in it."""


@dataclass(frozen=True)
class Behind:
    """The rows, one list of them after the other, and what they come to.

    `number` is the number in the report; of a mean it is of how many.
    """

    parts: tuple["models.QuerySet[Any]", ...]
    number: int
    #: What a row counts for, by its id, where that is not one.
    weights: dict[int, int] = field(default_factory=dict)


def rows(*parts: "models.QuerySet[Any]") -> Behind:
    return Behind(parts, sum(part.count() for part in parts))


def one_of(row: str, values: Collection[str]) -> None:
    if row not in values:
        raise UnknownRowError(row)


@dataclass(frozen=True)
class Place:
    """All rows that count, of one STEK in one period; the earliest first."""

    stek: Stek
    period: Period

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.period.first, self.period.last

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        return start_of(self.period.first), start_of(self.period.last + dt.timedelta(days=1))

    def openings(self) -> "models.QuerySet[Opening]":
        return Opening.objects.filter(stek=self.stek, day__range=self.days).order_by("day")

    def visits(self) -> "models.QuerySet[Visit]":
        rows = Visit.objects.counted().select_related("opening", "household")
        rows = rows.filter(opening__stek=self.stek, opening__day__range=self.days)
        return rows.order_by("opening__day", "id")

    def households(self, ids: Collection[int]) -> "models.QuerySet[Household]":
        return Household.objects.filter(stek=self.stek, pk__in=ids).order_by("number")

    def seen(self) -> dict[int, tallies.SeenHousehold]:
        return {
            one.household_id: one for one in tallies.seen_households([self.stek.pk], *self.days)
        }

    def activities(self) -> "models.QuerySet[Activity]":
        rows = Activity.objects.counted().select_related("organiser")
        return rows.filter(stek=self.stek, day__range=self.days).order_by("day", "id")

    def questions(self) -> "models.QuerySet[Question]":
        rows = Question.objects.counted().select_related("opening", "theme")
        rows = rows.filter(opening__stek=self.stek, opening__day__range=self.days)
        return rows.order_by("opening__day", "id")

    def referrals(self) -> ReferralQuerySet:
        rows = Referral.objects.contacted_between(*self.moments).select_related("partner")
        return rows.filter(stek=self.stek).order_by("contacted_at", "id")

    def signals(self) -> "models.QuerySet[Signal]":
        first, after = self.moments
        rows = Signal.objects.counted().select_related("theme", "bundle")
        rows = rows.filter(stek=self.stek, noted_at__gte=first, noted_at__lt=after)
        return rows.order_by("noted_at", "id")

    def bundles(self, day: str) -> "models.QuerySet[Bundle]":
        rows = Bundle.objects.counted().filter(stek=self.stek, **{f"{day}__range": self.days})
        return rows.order_by(day, "id")


def partners_named(place: Place, row: str) -> list[int]:
    """The partners with this name, however it is written."""
    names = Partner.objects.filter(stek=place.stek).values_list("pk", "name")
    found = [pk for pk, name in names if f"partner:{name.casefold()}" == row]
    if not found:
        raise UnknownRowError(row)
    return found


def words_of_row(model: type[Theme | HelpType], place: Place, row: str) -> list[int]:
    """The words of a list that make one row: of this key, or of this name without a key."""
    words = model.objects.filter(stek=place.stek).values_list("pk", "key", "name")
    found = [pk for pk, key, name in words if (key or f"name:{name.casefold()}") == row]
    if not found:
        raise UnknownRowError(row)
    return found
