"""Everything that happened with a household in one line of time: coded words only, no notes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms_help.models import Question
from people.models import Consent, GroceryAccess, Household
from referrals.models import Referral
from visits.models import Visit

PER_PAGE = 60


class Kind(models.TextChoices):
    """What one may look at alone; the values stand in the address."""

    VISIT = "bezoeken", _("Bezoeken")
    QUESTION = "vragen", _("Vragen")
    REFERRAL = "doorverwijzingen", _("Doorverwijzingen")
    ACCESS = "toegang", _("Toegang")


class What(models.TextChoices):
    """One thing that happened, as the page says it."""

    ENROLLED = "enrolled", _("Ingeschreven")
    GRANTED = "granted", _("Toegang gegeven")
    SUSPENDED = "suspended", _("Toegang geschorst")
    ENDED = "ended", _("Toegang stopgezet")
    VISIT = "visit", _("Bezoek")
    QUESTION = "question", _("Vraag")
    CONSENT = "consent", _("Toestemming gegeven")
    WITHDRAWN = "withdrawn", _("Toestemming ingetrokken")
    REFERRED = "referred", _("Doorverwezen")
    OUTCOME = "outcome", _("Uitkomst bekend")


KIND_OF = {
    What.ENROLLED: Kind.ACCESS,
    What.GRANTED: Kind.ACCESS,
    What.SUSPENDED: Kind.ACCESS,
    What.ENDED: Kind.ACCESS,
    What.VISIT: Kind.VISIT,
    What.QUESTION: Kind.QUESTION,
    What.CONSENT: Kind.REFERRAL,
    What.WITHDRAWN: Kind.REFERRAL,
    What.REFERRED: Kind.REFERRAL,
    What.OUTCOME: Kind.REFERRAL,
}
#: In one minute, or on one day without hours: what stands above leads to what stands below.
RANK = {what: place for place, what in enumerate(What)}


@dataclass(frozen=True)
class Event:
    """`row` is what it happened to; `at` is None when only the day is known."""

    what: What
    day: dt.date
    at: dt.datetime | None
    row: Household | GroceryAccess | Visit | Question | Consent | Referral

    @property
    def _order(self) -> tuple[dt.date, dt.time, int, int]:
        # A question whose hour nobody knows still comes after the visit it was asked at.
        unknown = dt.time.max if self.what is What.QUESTION else dt.time.min
        time = timezone.localtime(self.at).time() if self.at else unknown
        return self.day, time.replace(second=0, microsecond=0), RANK[self.what], self.row.pk


@dataclass(frozen=True)
class Month:
    first: dt.date
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Timeline:
    """One page of it; `only` is the kind that was chosen, None for everything."""

    page: Page
    months: tuple[Month, ...]
    only: Kind | None

    @classmethod
    def of(cls, household: Household, *, number: str = "", only: str = "") -> "Timeline":
        """Five queries at most, however long somebody has been coming."""
        kind = Kind(only) if only in Kind.values else None
        events = sorted(_events(household, kind), key=lambda one: one._order, reverse=True)
        page = Paginator(events, PER_PAGE).get_page(number)
        return cls(page=page, months=_by_month(page), only=kind)


def _by_month(events: Iterable[Event]) -> tuple[Month, ...]:
    months = groupby(events, key=lambda event: event.day.replace(day=1))
    return tuple(Month(first, tuple(found)) for first, found in months)


def _events(household: Household, only: Kind | None) -> Iterator[Event]:
    sources = {
        Kind.ACCESS: _access,
        Kind.VISIT: _visits,
        Kind.QUESTION: _questions,
        Kind.REFERRAL: _referrals,
    }
    for kind, source in sources.items():
        if only in {None, kind}:
            yield from source(household)


def _happened(
    what: What, row: GroceryAccess | Household | Consent | Referral, at: dt.datetime
) -> Event:
    return Event(what, timezone.localdate(at), at, row)


def _on(what: What, row: Visit | Question, day: dt.date, at: dt.datetime | None) -> Event:
    """At an opening; what was typed in on a later day has no hour."""
    known = at is not None and timezone.localdate(at) == day
    return Event(what, day, at if known else None, row)


def _access(household: Household) -> Iterator[Event]:
    yield _happened(What.ENROLLED, household, household.created_at)
    for access in GroceryAccess.objects.history_of(household):
        yield _happened(What.GRANTED, access, access.created_at)
        if access.suspended_at is not None:
            yield _happened(What.SUSPENDED, access, access.suspended_at)
        if access.ended_at is not None:
            yield _happened(What.ENDED, access, access.ended_at)


def _visits(household: Household) -> Iterator[Event]:
    for visit in Visit.objects.of_household(household.pk).by_day():
        yield _on(What.VISIT, visit, visit.opening.day, visit.arrived_at)


def _questions(household: Household) -> Iterator[Event]:
    rows = Question.objects.counted().of_household(household.pk)
    for question in rows.select_related("theme", "opening"):
        yield _on(What.QUESTION, question, question.opening.day, question.created_at)


def _referrals(household: Household) -> Iterator[Event]:
    consents = Consent.objects.of_household(household.pk).select_related("partner", "given_by")
    for consent in consents:
        yield _happened(What.CONSENT, consent, consent.given_at)
        if consent.withdrawn_at is not None:
            yield _happened(What.WITHDRAWN, consent, consent.withdrawn_at)
    referrals = Referral.objects.of_household(household.pk).counted()
    for referral in referrals.select_related("partner"):
        yield _happened(What.REFERRED, referral, referral.created_at)
        if referral.outcome_known_at is not None:
            yield _happened(What.OUTCOME, referral, referral.outcome_known_at)
