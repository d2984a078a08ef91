"""Grouped counts of questions, per STEK: what figures add up.

Every function takes the STEKs and the first and last day of the openings, both included, and asks
one query unless it says otherwise. Voided questions, and those of a voided visit, are in none of
them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count

from forms_help.models import HelpType, Question, Theme
from forms_help.querysets import QuestionQuerySet
from places.models import Partner


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
    """`organisation` is the name of the partner that helped; empty for the STEK itself.

    Three queries: grouping by the names themselves takes twice as long.
    """
    words = (
        "opening__stek_id", "theme_id", "outcome", "unmet_reason", "organisation_id", "helper_role",
    )  # fmt: skip
    rows = list(_questions(stek_ids, first, last).values_list(*words).annotate(count=Count("pk")))
    themes = _words(Theme, {row[1] for row in rows})
    names = Partner.objects.filter(pk__in={row[4] for row in rows if row[4]})
    partners = dict(names.values_list("pk", "name"))
    nothing = ("", "")
    return [
        QuestionTally(
            stek_id,
            *themes.get(theme, nothing),
            outcome,
            unmet,
            partners.get(partner, ""),
            role,
            count,
        )
        for stek_id, theme, outcome, unmet, partner, role, count in rows
    ]


def _words(model: type[Theme | HelpType], ids: set[int | None]) -> dict[int, tuple[str, str]]:
    """By id: the key and the name of these words of a list."""
    rows = model.objects.filter(pk__in=ids - {None}).order_by()
    return {pk: (key, name) for pk, key, name in rows.values_list("pk", "key", "name")}


def questions_by_day(
    stek_ids: Collection[int], first: dt.date, last: dt.date
) -> list[DayOfQuestions]:
    """The earliest day first; a day without questions is absent."""
    rows = _questions(stek_ids, first, last).values_list("opening__stek_id", "opening__day")
    counted = rows.annotate(count=Count("pk")).order_by("opening__stek_id", "opening__day")
    return [DayOfQuestions(*row) for row in counted]


def help_types(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[HelpTally]:
    """A question counts once for each of its kinds of help. Two queries."""
    rows = _questions(stek_ids, first, last).filter(help_types__isnull=False)
    words_of = rows.values_list("opening__stek_id", "help_types")
    counted = list(words_of.annotate(count=Count("pk")))
    words = _words(HelpType, {row[1] for row in counted})
    return [HelpTally(stek_id, *words[pk], count) for stek_id, pk, count in counted]


def asking_households(stek_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """By STEK: households with a question, each once; a STEK without any is absent."""
    rows = _questions(stek_ids, first, last).filter(visit__household__isnull=False)
    words = rows.values_list("opening__stek_id", "visit__household_id").distinct()
    return dict(Counter(stek_id for stek_id, _household in words))
