"""What every demo set must hold, whatever chance made: one of each thing that can happen."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from accounts.models import User
from people.models import GroceryAccess, Member
from stek.demo.afternoons import VisitRow, voided
from stek.demo.population import Customer, at, end_access, made_key
from visits.eligibility import OverrideReason, Refusal
from visits.models import Message, Opening


def rename(customer: Customer, first_name: str, last_name: str, adults: int, children: int) -> None:
    """Make this household a known one, without other people."""
    household = customer.household
    household.first_name, household.last_name = first_name, last_name
    household.adults, household.children = adults, children
    customer.members = []


class Cases:
    """Changes households before they are written; remembers who was chosen for what."""

    def __init__(
        self,
        customers: Sequence[Customer],
        days: Sequence[dt.date],
        came: Sequence[Sequence[Customer]],
        *,
        today: dt.date,
        by: User,
        rng: random.Random,
    ) -> None:
        self.today, self.last_day, self.by, self.rng = today, days[-1], by, rng
        staying = [c for c in customers if c.last_day is None]
        gone = sorted(
            (c for c in customers if c.last_day is not None),
            key=lambda c: (c.last_day, c.household.number),
        )
        # Weekly customers: whoever shows the system has seen them at the last opening.
        weekly = [c for c in staying if c.every_weeks == 1]
        self.jozef, self.fatima, self.mohamed, self.mohammed, self.expiring = weekly[:5]
        # Somebody whose visits stay behind without a name.
        numbers = {c.household.number for day in came for c in day}
        self.erased = next(c for c in gone if c.household.number in numbers)
        # They come back after their last day: not among those who were here at the last opening.
        here = {c.household.number for c in came[-1]}
        late = [c for c in reversed(gone) if c.household.number not in here]
        self.expired, self.suspended, self.ended = late[:3]

    def apply(self) -> None:
        """Everything that is decided before the households are written."""
        rename(self.jozef, "Jozef", "Van den Broeck", 2, 0)
        self._may_come_for(self.jozef, "Maria", "Peeters")
        rename(self.fatima, "Fatima", "Ben Amar", 2, 3)
        self._may_come_for(self.fatima, "Youssef", "El Khattabi")
        # Entered twice, half a year apart, with another spelling.
        rename(self.mohamed, "Mohamed", "El Amrani", 2, 2)
        rename(self.mohammed, "Mohammed", "Elamrani", 2, 2)
        self._access_until(self.expiring, self.today + dt.timedelta(days=6))
        # Around New Year the last opening is weeks ago, and it had expired by then.
        before = min(self.today - dt.timedelta(days=9), self.last_day - dt.timedelta(days=2))
        self._access_until(self.expired, before)
        self._access_until(self.suspended, self.today + dt.timedelta(days=80))
        self.suspended.access.suspended_at = at(self.today - dt.timedelta(days=12), 15)
        self.suspended.access.suspended_by = self.by
        self.suspended.access.suspended_reason = GroceryAccess.SuspendReason.PAPERS
        self._access_until(self.ended, self.today + dt.timedelta(days=40))
        left = self.ended.last_day or self.today
        end_access(self.ended.access, left, GroceryAccess.EndReason.MOVED, self.by)
        self._erase()

    def _may_come_for(self, customer: Customer, first_name: str, last_name: str) -> None:
        customer.members = [
            Member(
                household=customer.household,
                first_name=first_name,
                last_name=last_name,
                request_id=made_key(self.rng),
            )
        ]

    def _access_until(self, customer: Customer, day: dt.date) -> None:
        """The last decision ends on this day, and nothing else is the matter with it."""
        access = customer.access
        access.valid_until = day
        access.valid_from = min(access.valid_from, day - dt.timedelta(days=150))
        access.created_at = min(access.created_at, at(access.valid_from, 11))
        access.ended_at = access.ended_by = None
        access.ended_reason = ""

    def _erase(self) -> None:
        household = self.erased.household
        household.first_name = household.last_name = household.phone = household.language = ""
        household.erased_at = at(self.today - dt.timedelta(days=30), 11)
        household.erased_by = self.by
        household.version += 1
        self.erased.members = []

    def visit_rows(self, openings: Sequence[Opening], rows: Iterator[VisitRow]) -> list[VisitRow]:
        """The visits, of which at the last opening one is struck out and one was overridden."""
        made, last = list(rows), openings[-1]
        here = next(
            place
            for place, row in enumerate(made)
            if row.opening_id == last.pk and row.household_id and not row.for_question
        )
        made[here] = voided(made[here])
        household = self.expired.household
        moment = at(last.day, 15, 20)
        made.append(
            made[here]._replace(
                household_id=household.pk,
                adults=household.adults,
                children=household.children,
                arrived_at=moment,
                created_at=moment,
                request_id=made_key(self.rng),
                refusal=Refusal.EXPIRED,
                override_reason=OverrideReason.RENEWAL_ASKED,
                voided_at=None,
                voided_by_id=None,
                void_reason="",
            )
        )
        return made

    def save_loose_ends(self, openings: Sequence[Opening]) -> None:
        """The last opening was never closed; one message waits and one was passed on."""
        last = openings[-1]
        last.closed_at = last.closed_by = None
        last.save(update_fields=["closed_at", "closed_by"])
        told = at(openings[-2].day, 14, 10)
        Message.objects.create(
            household=self.fatima.household,
            request_id=made_key(self.rng),
            created_at=at(openings[-3].day, 14, 40),
            created_by=self.by,
            delivered_at=told,
            delivered_by=self.by,
        )
        Message.objects.create(
            household=self.jozef.household,
            text="LIGO belde terug: de les start volgende week.",
            request_id=made_key(self.rng),
            created_at=at(last.day, 14, 40),
            created_by=self.by,
        )
