"""Who leaves the books, on which day, and who stays all the same; one answer for list and machine.

The term of the STEK counts from the last contact: the last visit, or the end of the access after
it. Nobody is erased who did not stand in the list for a month, also when the term was shortened.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.eligibility import months_later
from people.querysets import HouseholdQuerySet
from places.models import Stek
from referrals.models import Referral
from visits.days import start_of
from visits.models import Visit

#: For how long it is said before a household leaves the books.
LEAVES_WITHIN = 30


class Stays(models.TextChoices):
    """Why the machine leaves somebody alone whose term is over."""

    HELD = "held", gettext_lazy("wordt langer bewaard")
    RESTRICTED = "restricted", gettext_lazy("staat op beperking")
    REFERRAL = "referral", gettext_lazy("er loopt nog een doorverwijzing")


def came_after(stek: Stek, day: dt.date) -> QuerySet[Any]:
    """The households with a visit after this day; asked once, and not for each household."""
    rows = Visit.objects.counted().filter(opening__stek=stek, opening__day__gt=day)
    return rows.filter(household__isnull=False).order_by().values("household_id")


def last_visit() -> Subquery:
    rows = Visit.objects.counted().filter(household=OuterRef("pk")).order_by()
    return Subquery(rows.values("household").annotate(last=Max("opening__day")).values("last"))


def leaving(
    households: HouseholdQuerySet, *, stek: Stek, today: dt.date, within: int = LEAVES_WITHIN
) -> HouseholdQuerySet:
    """Whose term ends in so many days, or ended before; with what `Leaves` reads, in one query.

    `about_day` is the last contact.
    """
    day = months_later(today + dt.timedelta(days=within), -stek.identity_months)
    before = start_of(day + dt.timedelta(days=1))
    no_access = (
        Q(access__isnull=True) | Q(access__valid_until__lte=day) | Q(access__ended_at__lt=before)
    )
    rows = households.in_use().with_access().filter(no_access, created_at__lt=before)
    gone = rows.exclude(pk__in=came_after(stek, day))
    entered = TruncDate("created_at")
    ended = Case(
        When(access__ended_at__isnull=False, then=TruncDate("access__ended_at")),
        default=F("access__valid_until"),
        output_field=DateField(),
    )
    last = Greatest(
        Coalesce(last_visit(), entered), Coalesce(ended, entered), output_field=DateField()
    )
    referred = Referral.objects.open().filter(household=OuterRef("pk")).order_by()
    return gone.with_hold(today).annotate(
        about_day=last, listed_since=F("leaving_notice__since"), is_referred=Exists(referred)
    )


@dataclass(frozen=True)
class Leaves:
    """When one household leaves; `stays` says why it does not."""

    #: The day from which the machine may erase it.
    day: dt.date
    last_contact: str
    stays: Stays | None

    @classmethod
    def of(cls, row: Any, *, stek: Stek, today: dt.date) -> "Leaves":
        """No query: `row` comes from `leaving`."""
        term_ends = months_later(row.about_day, stek.identity_months)
        announced = (row.listed_since or today) + dt.timedelta(days=LEAVES_WITHIN)
        stays = None
        if row.held_until is not None:
            stays = Stays.HELD
        elif row.is_restricted:
            stays = Stays.RESTRICTED
        elif row.is_referred:
            stays = Stays.REFERRAL
        return cls(
            day=max(term_ends, announced),
            last_contact=_("laatst gezien of met toegang op %(day)s")
            % {"day": date_format(row.about_day)},
            stays=stays,
        )

    def is_due(self, today: dt.date) -> bool:
        return self.stays is None and self.day <= today
