"""What every demo set must hold, whatever chance made: one of each thing that can happen."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from forms_help.models import Document, FollowUp, HelpType, Question, Theme
from forms_help.outcomes import Minutes, Outcome
from people.eligibility import months_later
from people.models import GroceryAccess, Member
from reviews.leaving import LEAVES_WITHIN
from stek.demo.afternoons import VisitRow, voided
from stek.demo.follow_ups import coming_days
from stek.demo.population import Customer, at, end_access, made_key
from visits.eligibility import OverrideReason, Refusal
from visits.models import Message, Opening, QueueTurn, Visit

#: So many are announced, to see how that goes.
LEAVE_NEXT_MONTH = 3


def _last_contact(customer: Customer) -> dt.date:
    """The last visit, or the end of the access after it."""
    access = customer.access
    until = timezone.localdate(access.ended_at) if access.ended_at else access.valid_until
    return max(until, customer.last_day or until)


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
        self.known = weekly[:5]
        self.jozef, self.fatima, self.mohamed, self.mohammed, self.expiring = self.known
        self.gone = gone
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
        self._stay_in_the_books()
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

    def _stay_in_the_books(self) -> None:
        """A machine that erases for years leaves a few who go next month, and not a year of them.

        Most who left long ago have an access that was renewed and not used.
        """
        stek = self.jozef.household.stek
        term_over = self.today + dt.timedelta(days=LEAVES_WITHIN)
        edge = months_later(term_over, -stek.identity_months)
        long_gone = [c for c in self.gone if c is not self.erased and _last_contact(c) <= edge]
        for customer in long_gone[LEAVE_NEXT_MONTH:]:
            self._renew_past(customer, edge, stek.access_months)

    def _renew_past(self, customer: Customer, edge: dt.date, months: int) -> None:
        """Decisions follow each other until one ends after this day."""
        while _last_contact(customer) <= edge:
            last = customer.access
            last.ended_at = last.ended_by = None
            last.ended_reason = ""
            last.current = False
            first_day = last.valid_until + dt.timedelta(days=1)
            customer.accesses.append(
                GroceryAccess(
                    household=customer.household,
                    referrer=last.referrer,
                    budget_step=last.budget_step,
                    valid_from=first_day,
                    valid_until=months_later(first_day, months),
                    current=True,
                    request_id=made_key(self.rng),
                    created_at=at(last.valid_until, 11),
                    created_by=self.by,
                )
            )

    def _erase(self) -> None:
        household = self.erased.household
        household.first_name = household.last_name = household.phone = household.language = ""
        household.erased_at = at(self.today - dt.timedelta(days=30), 11)
        household.eraser = self.by
        household.version += 1
        self.erased.members = []

    def visit_rows(self, openings: Sequence[Opening], rows: Iterator[VisitRow]) -> list[VisitRow]:
        """The visits, of which at the last opening one is struck out and one was overridden."""
        made, last = list(rows), openings[-1]
        self._asks(self.jozef, made, openings)
        known = {customer.household.pk for customer in self.known}
        here = next(
            place
            for place, row in enumerate(made)
            if row.opening_id == last.pk
            and row.household_id
            and row.household_id not in known
            and not row.for_question
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

    def _asks(self, customer: Customer, made: list[VisitRow], openings: Sequence[Opening]) -> None:
        """The last visit of this customer was for a question too: the line is counted anew."""
        place = max(p for p, row in enumerate(made) if row.household_id == customer.household.pk)
        made[place] = made[place]._replace(
            for_question=True, voided_at=None, voided_by_id=None, void_reason=""
        )
        opening = next(one for one in openings if one.pk == made[place].opening_id)
        line = [
            p for p, row in enumerate(made) if row.opening_id == opening.pk and row.for_question
        ]
        for number, p in enumerate(line, start=1):
            made[p] = made[p]._replace(queue_number=number)
        opening.last_queue_number = len(line)

    def save_loose_ends(self, openings: Sequence[Opening]) -> None:
        """The last opening was never closed; one message waits and one was passed on.

        Jozef still has to bring a paper: his next check-in says so.
        """
        self._save_papers()
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

    def _save_papers(self) -> None:
        """Whoever called Jozef last noted that he comes back with his payslip."""
        stek = self.jozef.household.stek
        visit = (
            Visit.objects.filter(household=self.jozef.household, for_question=True)
            .select_related("opening", "turn")
            .latest("opening__day")
        )
        turn = visit.turn
        helper = Membership.objects.get(stek=stek, role=Role.HELPER, partner=None)
        called, done = at(visit.opening.day, 15, 58), at(visit.opening.day, 16, 5)
        turn.taken_at, turn.taken_by = called, helper.user
        turn.end, turn.ended_at, turn.ended_by = QueueTurn.End.HELPED, done, helper.user
        turn.save()
        question = Question.objects.create(
            opening=visit.opening,
            visit=visit,
            theme=Theme.objects.of_stek(stek).get(key="income"),
            outcome=Outcome.COME_BACK,
            minutes=Minutes.TEN,
            helper_role=helper.role,
            request_id=made_key(self.rng),
            created_at=done,
            created_by=helper.user,
        )
        question.help_types.set(HelpType.objects.of_stek(stek).filter(key="form"))
        follow_up = FollowUp.objects.create(
            stek=stek,
            question=question,
            household=self.jozef.household,
            kind=FollowUp.Kind.PAPERS,
            for_role=Role.HELPER,
            due=coming_days(stek, self.today)[0],
            created_at=question.created_at,
            created_by=helper.user,
        )
        follow_up.documents.set(Document.objects.of_stek(stek).filter(key="payslip"))
