"""The invented STEKs themselves: address, hours, turns at the table, budget, who works there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS, DEMO_PARTNERS, DEMO_PASSWORD, DEMO_PIN
from accounts.models import Membership, Pin, User
from accounts.roles import OFFICE, Role
from forms_help.list_actions import start_lists
from people.imports.referrers import referrer_key
from people.models import BudgetRule, BudgetStep, Referrer
from places.models import (
    ClosingDay,
    OpeningHours,
    Partner,
    SitterKind,
    Stek,
    TableTurn,
    Weekday,
)
from referrals.start_actions import start_services
from stek.demo.population import Office
from stek.demo.shape import Shape

OPENS, CLOSES = dt.time(13), dt.time(16)


class Turn(NamedTuple):
    """Who sits at the table, every so many weeks."""

    who: str
    every_weeks: int = 1
    kind: SitterKind = SitterKind.PARTNER


@dataclass(frozen=True)
class Plan:
    """What is particular about one STEK."""

    name: str
    slug: str
    street: str
    postcode: str
    shape: Shape
    #: weekday -> who sits at the table
    turns: dict[int, tuple[Turn, ...]]
    #: The first one sends the most households.
    referrers: tuple[str, ...]
    #: The partners that share the place with the grocery.
    on_site: tuple[str, ...] = ()
    #: Those that are referred to by mail; of a domain that never receives any.
    mails: tuple[tuple[str, str], ...] = ()


def save_stek(plan: Plan, *, today: dt.date) -> Stek:
    """The STEK with its weekly pattern from the first week on, and the closings at New Year."""
    stek = Stek.objects.create(
        name=plan.name,
        slug=plan.slug,
        street=plan.street,
        postcode=plan.postcode,
        town=plan.name,
        phone="03 000 00 00",
        email=f"stek.{plan.slug}@example.org",
    )
    first_day = today - dt.timedelta(weeks=plan.shape.weeks, days=today.weekday())
    for weekday in plan.shape.weekdays:
        hours = OpeningHours.objects.create(
            stek=stek,
            weekday=Weekday(weekday),
            opens_at=OPENS,
            closes_at=CLOSES,
            first_day=first_day,
        )
        for turn in plan.turns.get(weekday, ()):
            TableTurn.objects.create(hours=hours, first_day=first_day, **turn._asdict())
    for year in range(first_day.year - 1, today.year + 1):
        ClosingDay.objects.create(
            stek=stek,
            first_day=dt.date(year, 12, 24),
            last_day=dt.date(year + 1, 1, 2),
            reason="eindejaar",
        )
    start_lists(stek, by=None)
    start_services(stek, by=None)
    Partner.objects.of_stek(stek).exclude(name__in=plan.on_site).update(on_site=False)
    for name, email in plan.mails:
        Partner.objects.of_stek(stek).filter(name=name).update(email=email)
    return stek


def save_office(stek: Stek, plan: Plan, *, coordinator: User) -> Office:
    """The budget rule (€ 18 a week for one, € 42 for a family) and who sends households."""
    rule = BudgetRule.objects.create(stek=stek, period=BudgetRule.Period.WEEK)
    steps = [
        BudgetStep.objects.create(rule=rule, from_persons=persons, amount=Decimal(amount))
        for persons, amount in ((1, 18), (2, 42))
    ]
    referrers = [
        Referrer.objects.create(stek=stek, name=name, key=referrer_key(name, town=stek.town))
        for name in plan.referrers
    ]
    return Office(coordinator=coordinator, referrers=referrers, steps=steps)


def save_colleagues(steks: Sequence[Stek]) -> dict[str, User]:
    """The published accounts by user name, and a colleague of CAW who does not sign in."""
    by_slug = {stek.slug: stek for stek in steks}
    users = {}
    for username, first_name, last_name, role, slug in DEMO_ACCOUNTS:
        users[username] = User.objects.create(
            username=username,
            first_name=first_name,
            last_name=last_name,
            password=make_password(DEMO_PASSWORD),
            is_staff=role in OFFICE,
        )
        _join(users[username], by_slug[slug], role, DEMO_PARTNERS.get(username, ""))
        Pin.objects.create(
            user=users[username], code_hash=make_password(DEMO_PIN), set_at=timezone.now()
        )
    users["caw"] = User.objects.create(
        username="caw", first_name="Sofie", last_name="Maes", password=make_password(None)
    )
    _join(users["caw"], steks[0], Role.HELPER, "CAW")
    return users


def _join(user: User, stek: Stek, role: Role, partner: str) -> None:
    works_for = Partner.objects.of_stek(stek).get(name=partner) if partner else None
    Membership.objects.create(user=user, stek=stek, role=role, partner=works_for)
