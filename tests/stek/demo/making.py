"""The demo set as the command makes it, and what tests ask of it."""

import datetime as dt
from collections import Counter
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import models

from forms_help.models import Question
from people.eligibility import AccessState, standing
from people.models import Household
from places.models import (
    Stek,
)


def make_demo(**options: Any) -> str:
    out = StringIO()
    call_command("make_demo", stdout=out, **options)
    return out.getvalue()


def states(stek: Stek, today: dt.date) -> Counter[str]:
    households = Household.objects.of_stek(stek).in_use().with_access()
    return Counter(state(row, today) for row in households)


def state(household: Household, day: dt.date) -> AccessState:
    return standing(household.access, today=day, expiring_days=30).state


def table_of(stek: Stek) -> models.QuerySet[Question]:
    return Question.objects.filter(opening__stek=stek)


def shares(questions: models.QuerySet[Question], name: str) -> dict[Any, float]:
    counted = Counter(questions.values_list(name, flat=True))
    return {value: count / counted.total() for value, count in counted.items()}
