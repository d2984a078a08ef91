"""Grouped counts of questions, per STEK: what figures add up.

Every function takes the STEKs and the first and last day of the openings, both included, and asks
one query. Voided questions, and those of a voided visit, are in none of them.
"""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count

from forms_help.models import Question
from forms_help.querysets import QuestionQuerySet


class QuestionTally(NamedTuple):
    """Questions alike in all of this; a chat has an empty theme."""

    stek_id: int
    theme_key: str
    theme: str
    outcome: str
    unmet_reason: str
    organisation: str
    helper_role: str
    questions: int


class HelpTally(NamedTuple):
    stek_id: int
    help_key: str
    help_type: str
    questions: int


class DayOfQuestions(NamedTuple):
    stek_id: int
    day: dt.date
    questions: int


def _questions(stek_ids: Collection[int], first: dt.date, last: dt.date) -> QuestionQuerySet:
    rows = Question.objects.counted().order_by()
    return rows.filter(opening__stek_id__in=stek_ids, opening__day__range=(first, last))


def questions(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[QuestionTally]:
    """`organisation` is the name of the partner that helped; empty for the STEK itself."""
    words = (
        "opening__stek_id", "theme__key", "theme__name", "outcome", "unmet_reason",
        "organisation__name", "helper_role",
    )  # fmt: skip
    rows = _questions(stek_ids, first, last).values_list(*words).annotate(count=Count("pk"))
    return [
        QuestionTally(stek_id, key or "", theme or "", outcome, unmet, partner or "", role, count)
        for stek_id, key, theme, outcome, unmet, partner, role, count in rows
    ]


def questions_by_day(
    stek_ids: Collection[int], first: dt.date, last: dt.date
) -> list[DayOfQuestions]:
    """The earliest day first; a day without questions is absent."""
    rows = _questions(stek_ids, first, last).values_list("opening__stek_id", "opening__day")
    counted = rows.annotate(count=Count("pk")).order_by("opening__stek_id", "opening__day")
    return [DayOfQuestions(*row) for row in counted]


def help_types(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[HelpTally]:
    """A question counts once for each of its kinds of help."""
    rows = _questions(stek_ids, first, last).filter(help_types__isnull=False)
    words = ("opening__stek_id", "help_types__key", "help_types__name")
    counted = rows.values_list(*words).annotate(count=Count("pk"))
    return [HelpTally(*row) for row in counted]


def asking_households(stek_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """By STEK: households with a question, each once; a STEK without any is absent."""
    rows = _questions(stek_ids, first, last).filter(visit__household__isnull=False)
    counted = rows.values_list("opening__stek_id")
    return dict(counted.annotate(count=Count("visit__household_id", distinct=True)))
