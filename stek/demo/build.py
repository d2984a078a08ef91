"""Puts a set together and writes it; called by `make_demo` and by the benchmarks."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from people.pairs import compare_changed
from places.models import SitterKind, Stek
from stek.demo.afternoons import (
    comings,
    opening_days,
    save_attendances,
    save_openings,
    save_visits,
    visit_rows,
)
from stek.demo.agenda import save_activities, save_changes
from stek.demo.cases import Cases
from stek.demo.directory import save_directory
from stek.demo.families import Family, families
from stek.demo.follow_ups import save_follow_ups
from stek.demo.noticed import save_signals
from stek.demo.places import Plan, Turn, save_colleagues, save_office, save_stek
from stek.demo.population import Customer, Office, at, population, save
from stek.demo.referrals import save_referrals
from stek.demo.requests import save_requests
from stek.demo.shape import DEMO, SMALL, Shape
from stek.demo.table import Table
from stek.demo.week import save_weeks

KALMTHOUT = Plan(
    name="Kalmthout",
    slug="kalmthout",
    street="Kapellensteenweg 0",
    postcode="2920",
    shape=DEMO,
    turns={
        1: (Turn("CAW"), Turn("Mika", 2, SitterKind.COMMUNITY_WORKER)),
        3: (Turn("LIGO"),),
    },
    referrers=(
        "OCMW Kalmthout",
        "CAW Antwerpen",
        "OCMW Essen",
        "Huis van het Kind",
        "LIGO Noord-Kempen",
    ),
    on_site=("CAW", "LIGO", "Rap op Stap", "Twinkeltje"),
    mails=(
        ("CAW", "onthaal@caw.example"),
        ("OCMW / Sociaal Huis", "onthaal@ocmw.example"),
        ("Sociale huisvesting", "info@wonen.example"),
    ),
)
ESSEN = Plan(
    name="Essen",
    slug="essen",
    street="Nieuwstraat 0",
    postcode="2910",
    shape=SMALL,
    turns={2: (Turn("CAW", 2),)},
    referrers=("OCMW Essen", "CAW Antwerpen"),
)


@dataclass(frozen=True)
class Made:
    """How much was written for one STEK."""

    stek: Stek
    households: int
    active: int
    openings: int
    visits: int


def _stream(rng: random.Random) -> random.Random:
    """Chance that follows from `rng`, and from then on leaves it as it is."""
    return random.Random(rng.getrandbits(64))  # noqa: S311  (nothing to guess)


def fill(
    stek: Stek,
    shape: Shape,
    *,
    office: Office,
    colleagues: Sequence[User],
    today: dt.date,
    rng: random.Random,
    people: Iterator[Family] | None = None,
    with_cases: bool = False,
) -> Made:
    """Write the households and the visits of one STEK; the first colleague opens the days."""
    # A stream of their own: tomorrow the same seed still gives the same people.
    people = people or families(_stream(rng))
    customers = population(stek, shape, families=people, today=today, rng=rng, office=office)
    days = opening_days(stek, shape, today)
    came = comings(customers, days, shape, rng)
    cases = None
    if with_cases:
        cases = Cases(customers, days, came, today=today, by=office.coordinator, rng=rng)
        cases.apply()
    save(customers)
    openings = save_openings(stek, days, colleagues[0])
    save_attendances(stek, openings, colleagues, rng)
    rows = visit_rows(openings, came, shape, rng)
    visits = save_visits(openings, cases.visit_rows(openings, rows) if cases else rows)
    # Streams of their own again: what is asked leaves who comes as it is.
    asked, planned, sent, told = (_stream(rng) for _ in range(4))
    save_activities(stek, shape, by=office.coordinator, today=today, rng=planned)
    if cases:
        save_changes(stek, colleagues=colleagues, today=today)
        save_directory(stek, today=today)
    table = Table(stek, today=today, rng=asked)
    table.fill(openings)
    save_follow_ups(table, openings, today=today, rng=asked)
    save_referrals(table, now=at(today, 0), rng=sent)
    save_signals(table, today=at(today, 0), rng=told)
    if cases:
        cases.save_loose_ends(openings)
        save_requests(customers, office=office, today=today)
        worker = next(one for one in colleagues if one.username == "mika")
        save_weeks(
            stek,
            worker=worker,
            coordinator=office.coordinator,
            today=today,
            rng=_stream(rng),
        )
    record("make_demo", on=stek, by=None, stek_id=stek.pk)
    return Made(stek, len(customers), _active(customers), len(openings), visits)


def _active(customers: Sequence[Customer]) -> int:
    return sum(customer.last_day is None for customer in customers)


@transaction.atomic
def build_demo(*, seed: int, today: dt.date) -> list[Made]:
    """STEK Kalmthout, a small STEK Essen, and the published accounts."""
    steks = [save_stek(plan, today=today) for plan in (KALMTHOUT, ESSEN)]
    users = save_colleagues(steks)
    kalmthout = [users[name] for name in ("vrijwilliger", "helper", "mika", "coordinator")]
    made = []
    for stek, plan, colleagues, coordinator in (
        (steks[0], KALMTHOUT, kalmthout, users["coordinator"]),
        (steks[1], ESSEN, [users["essen"]], users["essen"]),
    ):
        made.append(
            fill(
                stek,
                plan.shape,
                office=save_office(stek, plan, coordinator=coordinator),
                colleagues=colleagues,
                today=today,
                # A stream for each: more people in one STEK leaves the other as it is.
                rng=random.Random(f"{seed}-{plan.slug}"),  # noqa: S311 - must be repeatable
                with_cases=plan.shape is DEMO,
            )
        )
    for one in made:
        compare_changed(one.stek)
    return made
