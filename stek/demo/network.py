"""The network set: many STEKs alike, each with people of its own; also for the benchmarks."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Membership, User
from accounts.roles import Role
from stek.demo.build import KALMTHOUT, Made, fill
from stek.demo.places import Plan, save_office, save_stek
from stek.demo.shape import NETWORK_STEK, Shape

#: Who coordinates all of them.
UMBRELLA = "saamo"


def shape_of(years: int) -> Shape:
    """Of each STEK, open for so many years."""
    return dataclasses.replace(NETWORK_STEK, weeks=years * 52 + 1)


def make_network(
    *,
    steks: int,
    shape: Shape = NETWORK_STEK,
    seed: int = 2026,
    today: dt.date,
    password: str | None = None,
) -> Iterator[Made]:
    """Write the STEKs one by one, each in a transaction of its own: dorp-1, dorp-2, ...

    Each has its coordinator, and somebody coordinates all; without a password nobody can sign in.
    """
    secret = make_password(password)
    umbrella = User.objects.create(username=UMBRELLA, first_name="An", password=secret)
    for number in range(1, steks + 1):
        made = save_neighbour(number, shape, today=today, seed=seed, secret=secret)
        Membership.objects.create(user=umbrella, stek=made.stek, role=Role.COORDINATOR)
        yield made


@transaction.atomic
def save_neighbour(number: int, shape: Shape, *, today: dt.date, seed: int, secret: str) -> Made:
    plan: Plan = dataclasses.replace(
        KALMTHOUT, name=f"Dorp {number}", slug=f"dorp-{number}", shape=shape
    )
    stek = save_stek(plan, today=today)
    coordinator = User.objects.create(
        username=f"coordinator-{number}", first_name="Els", password=secret
    )
    Membership.objects.create(user=coordinator, stek=stek, role=Role.COORDINATOR)
    return fill(
        stek,
        shape,
        office=save_office(stek, plan, coordinator=coordinator),
        colleagues=[coordinator],
        today=today,
        rng=random.Random(f"{seed}-{number}"),  # noqa: S311 - must be repeatable
    )


def settle() -> None:
    """What a database does by itself after a while: know its tables."""
    asked = "PRAGMA optimize"
    if connection.vendor == "postgresql":
        # Inside a transaction, where a test is, nothing can be cleared up.
        asked = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(asked)
