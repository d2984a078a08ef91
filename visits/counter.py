"""Everything that the counter's page shows, gathered once: which opening, its list, the card."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from accounts.models import Membership
from accounts.roles import RECORD
from people.eligibility import Standing
from people.models import BudgetRule, Household
from people.standing import standing_of
from places.models import Stek
from places.purposes import Purpose
from visits.days import current_day
from visits.models import Message, Opening, Visit
from visits.today import Today

#: Days back that a volunteer may still type in what stands on paper.
LATE_DAYS = 14


@dataclass(frozen=True)
class Chip:
    """One reason of a visit that can be switched."""

    value: str
    label: str
    on: bool


@dataclass(frozen=True)
class Card:
    """The visit that was just entered or opened, with what the counter should say about it."""

    visit: Visit
    household: Household | None
    standing: Standing | None
    budget: Decimal | None
    budget_period: str
    message: Message | None
    chips: tuple[Chip, ...]
    can_undo: bool

    @classmethod
    def of(cls, visit: Visit, *, membership: Membership, now: dt.datetime) -> "Card":
        """Two queries, three with a waiting message; none for a visit without a name."""
        stek = membership.stek
        can_undo = visit.may_be_undone(by=membership.user, now=now)
        chips = tuple(
            Chip(purpose.value, str(purpose.label), purpose in visit.purposes)
            for purpose in Purpose
            if purpose in stek.purposes or purpose in visit.purposes
        )
        if visit.household_id is None:
            return cls(visit, None, None, None, "", None, chips, can_undo)
        household = Household.objects.with_budget_step().get(pk=visit.household_id)
        budget = BudgetRule.objects.in_force(stek) if visit.for_grocery else None
        step = household.access.budget_step if household.access else None
        return cls(
            visit=visit,
            household=household,
            standing=standing_of(household, day=visit.opening.day, stek=stek),
            budget=budget.limit(
                adults=visit.adults,
                children=visit.children,
                chosen_step=step.amount if step else None,
            )
            if budget
            else None,
            budget_period=budget.period_label if budget else "",
            message=Message.objects.of_household(household.pk).waiting().first(),
            chips=chips,
            can_undo=can_undo,
        )


@dataclass(frozen=True)
class Counter:
    """`opening` is None until the day is opened; `late` when an earlier day is typed in."""

    stek: Stek
    day: dt.date
    opening: Opening | None
    late: bool
    unclosed: tuple[Opening, ...]
    today: Today | None
    card: Card | None

    @property
    def visits_path(self) -> str:
        """The address of a visit up to its number: looked up once for a whole list."""
        return reverse("visits:visit", args=[0]).removesuffix("0/")

    @classmethod
    def of(
        cls,
        membership: Membership,
        *,
        now: dt.datetime,
        opening: Opening | None = None,
        visit: Visit | None = None,
    ) -> "Counter":
        """The counter of today, or of `opening` when that is an earlier one."""
        day = current_day(now)
        around = list(
            Opening.objects.visible_to(membership).open_or_on(day).select_related("opened_by")
        )
        current: Opening | None = opening or next((one for one in around if one.day == day), None)
        if current is not None:
            current.stek = membership.stek
        today = Today.of(current) if current else None
        if visit is not None:
            visit.opening = current or visit.opening
        return cls(
            stek=membership.stek,
            day=day,
            opening=current,
            late=current is not None and current.day < day,
            unclosed=tuple(
                one
                for one in around
                if one.is_open
                and one.day < day
                and one != current
                and may_enter(membership, one, day=day)
            ),
            today=today,
            card=Card.of(visit, membership=membership, now=now) if visit else None,
        )


def may_enter(membership: Membership, opening: Opening, *, day: dt.date) -> bool:
    """Volunteers and helpers type in recent days; the office any day."""
    return membership.role in RECORD or (day - opening.day).days <= LATE_DAYS
