"""What is done to the database of a scenario from inside; a process of its own.

`python -m chaos.inside fill`: a STEK with an afternoon that is open; `leave 120`: so many
households whose term is over; `network 90`: so many STEKs of a year, each with its afternoon.
What others need to know of it comes as JSON.
"""

import datetime as dt
import json
import os
import random
import sys
from typing import Any

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")
django.setup()

from django.conf import settings  # noqa: E402  (after the setup, as all that follows)
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.cast import who_may_shop  # noqa: E402
from bench.sets import open_today  # noqa: E402
from forms_help.models import HelpType, QuestionDraft, Theme  # noqa: E402
from people.actions import next_number  # noqa: E402
from people.models import GroceryAccess, Household, LeavingNotice  # noqa: E402
from places.models import Stek  # noqa: E402
from tests import factories  # noqa: E402
from tests.stek.planted import mark  # noqa: E402
from visits.days import current_day  # noqa: E402
from visits.models import Opening  # noqa: E402
from visits.opening_actions import open_day  # noqa: E402

HOUSEHOLDS = 3000


def fill() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("make_demo", verbosity=0, stdout=sys.stderr)
    if settings.DATABASE_WEB_ROLE:
        call_command("database_roles", verbosity=0, stdout=sys.stderr)
    stek = Stek.objects.get(slug="kalmthout")
    by = User.objects.get(username="coordinator")
    today = current_day(timezone.now())
    opening = Opening.objects.filter(stek=stek, day=today).first() or open_day(
        stek=stek, day=today, present=[(str(by), by.pk)], by=by
    )
    return {
        "opening": opening.pk,
        "households": _households(stek, by, today),
        "theme": Theme.objects.filter(stek=stek).earliest("pk").pk,
        "help_type": HelpType.objects.filter(stek=stek).earliest("pk").pk,
    }


def _households(stek: Stek, by: User, today: dt.date) -> list[int]:
    """Who may shop for years, also after a clock that jumped; no search finds them."""
    first = next_number(stek)
    made = Household.objects.bulk_create(
        Household(
            stek=stek, number=first + place, first_name="Proef", last_name=f"Nr{place}",
            adults=1 + place % 2, children=place % 4, created_by=by, to_compare=0,
        )
        for place in range(HOUSEHOLDS)
    )  # fmt: skip
    GroceryAccess.objects.bulk_create(
        GroceryAccess(
            household=one,
            valid_from=today - dt.timedelta(days=400),
            valid_until=today + dt.timedelta(days=900),
            created_by=by,
        )
        for one in made
    )
    return [one.pk for one in made]


def leave(count: int) -> dict[str, Any]:
    """Announced long ago, as `run_due` of a month ago would have left them."""
    stek = Stek.objects.get(slug="kalmthout")
    by = User.objects.get(username="coordinator")
    today = current_day(timezone.now())
    long_ago = timezone.now() - dt.timedelta(days=900)
    first = next_number(stek)
    made = Household.objects.bulk_create(
        Household(
            stek=stek, number=first + place, first_name="Oud", last_name=f"Nr{place}",
            adults=1, created_by=by, created_at=long_ago, to_compare=0,
        )
        for place in range(count)
    )  # fmt: skip
    GroceryAccess.objects.bulk_create(
        GroceryAccess(
            household=one,
            valid_from=today - dt.timedelta(days=800),
            valid_until=today - dt.timedelta(days=500),
            created_by=by,
        )
        for one in made
    )
    LeavingNotice.objects.bulk_create(
        LeavingNotice(household=one, since=today - dt.timedelta(days=60)) for one in made
    )
    long_gone = Opening.objects.filter(stek=stek).earliest("day")
    marks = {one.pk: _all_that_hangs(one, long_gone) for one in made}
    Stek.objects.filter(pk=stek.pk).update(terms_done_on=None)
    return {"marks": marks}


def _all_that_hangs(household: Household, opening: Opening) -> dict[str, str]:
    """A mark in each personal text of a household; by mark the field where it stands."""
    by = opening.opened_by
    factories.member(household)
    factories.message(household, by=by)
    visit = factories.visit(opening, household, purposes=["question"], by=by)
    question = factories.question(visit, note="Belt zelf.", note_until=opening.day, by=by)
    factories.follow_up(question, what="van mei")
    QuestionDraft.objects.create(
        user=by, opening=opening, visit=visit, fields={}, saved_at=timezone.now()
    )
    return mark(household, "E", only_personal=True)


def network(steks: int) -> dict[str, Any]:
    """Beside the demo; each with who works there and who may shop."""
    call_command("make_network", f"--steks={steks}", "--years=1", stdout=sys.stderr)
    today, rng = current_day(timezone.now()), random.Random(7)
    found = []
    for number in range(1, steks + 1):
        stek = Stek.objects.get(slug=f"dorp-{number}")
        found.append(
            {
                "user": f"coordinator-{number}",
                "opening": open_today(stek).pk,
                "households": who_may_shop(stek, today, rng),
                "theme": Theme.objects.filter(stek=stek).earliest("pk").pk,
                "help_type": HelpType.objects.filter(stek=stek).earliest("pk").pk,
            }
        )
    return {"steks": found}


COMMANDS: dict[str, Any] = {"fill": fill, "leave": leave, "network": network}


if __name__ == "__main__":
    found = COMMANDS[sys.argv[1]](*map(int, sys.argv[2:]))
    print(json.dumps(found))
