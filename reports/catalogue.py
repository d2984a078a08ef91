"""Every table that a report can hold: what it counts, how its rows relate, and where it may go; a
literal list. What each figure means, in words, stands in `reports.definitions`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Function(models.TextChoices):
    """What a STEK is for; every report is arranged by these four."""

    MEET = "meet", _("ontmoeten")
    LEARN = "learn", _("leren")
    REFER = "refer", _("verwijzen")
    POLICY = "policy", _("politiseren")


class Shape(StrEnum):
    """How the rows of a table relate to its total, and so what can be told from what."""

    #: Figures of different things; each is a measure of its own.
    FIGURES = "figures"
    #: The rows add up to the total.
    PARTITION = "partition"
    #: Each row is a part of the total; something may be in several.
    PARTS = "parts"
    #: The rows are pieces of time, and add up to the total.
    TIME = "time"
    #: The number is a mean; `of` says of how many.
    MEAN = "mean"


class Measure(models.TextChoices):
    """What is counted. These are never added to each other."""

    OPENINGS = "openings", _("openingen")
    VISITS = "visits", _("bezoeken")
    HOUSEHOLDS = "households", _("huishoudens")
    PERSONS = "persons", _("personen")
    FIRST_VISITS = "first_visits", _("eerste bezoeken van het jaar")
    NOT_SEEN = "not_seen", _("huishoudens die wegbleven")
    ACTIVITIES = "activities", _("activiteiten")
    PARTICIPANTS = "participants", _("deelnemers")
    QUESTIONS = "questions", _("vragen")
    ASKING = "asking", _("huishoudens met een vraag")
    UNMET = "unmet", _("vragen die niet lukten")
    REFERRALS = "referrals", _("doorverwijzingen")
    ANSWER_DAYS = "answer_days", _("dagen tot het antwoord")
    SIGNALS = "signals", _("signalen")
    HANDED_ON = "handed_on", _("signalen doorgegeven")
    ANSWERED = "answered", _("antwoorden op signalen")


#: Known to everybody from the public page, so nothing of anybody: shown however small.
PUBLIC_MEASURES = frozenset({Measure.OPENINGS, Measure.ACTIVITIES})
#: The count of a period is the sum of the counts of its days. The others count somebody once in
#: a period, or follow from those who do.
ADDITIVE = frozenset(Measure) - {
    Measure.HOUSEHOLDS,
    Measure.PERSONS,
    Measure.NOT_SEEN,
    Measure.ASKING,
    Measure.ANSWER_DAYS,
}


@dataclass(frozen=True)
class Spec:
    """One table. `measure` is what its total counts; FIGURES have a measure per row instead."""

    key: str
    function: Function
    title: "StrOrPromise"
    shape: Shape
    measure: Measure | None = None
    #: Never in what leaves the house: too fine, or crossed.
    inside_only: bool = False
    #: The row with the largest number first; otherwise in the order of counting.
    largest_first: bool = False
    #: In the order of the keys of the rows, which are days.
    by_key: bool = False


_M, _L, _R, _P = Function.MEET, Function.LEARN, Function.REFER, Function.POLICY
_PARTITION, _PARTS = Shape.PARTITION, Shape.PARTS

SPECS: tuple[Spec, ...] = (
    Spec("meet", _M, _("ontmoeten in cijfers"), Shape.FIGURES),
    Spec("visits_month", _M, _("bezoeken per maand"), Shape.TIME, Measure.VISITS),
    Spec(
        "visits_weekday", _M, _("bezoeken per weekdag"), _PARTITION, Measure.VISITS, by_key=True
    ),
    Spec("visits_purpose", _M, _("bezoeken per reden"), _PARTS, Measure.VISITS),
    Spec("visits_named", _M, _("bezoeken met en zonder naam"), _PARTITION, Measure.VISITS),
    Spec("households_size", _M, _("huishoudens per grootte"), _PARTITION, Measure.HOUSEHOLDS),
    Spec("households_seen", _M, _("nieuwe en gekende huishoudens"), _PARTITION, Measure.HOUSEHOLDS),
    Spec("households_often", _M, _("hoe vaak huishoudens kwamen"), _PARTITION, Measure.HOUSEHOLDS),
    Spec("persons_age", _M, _("personen in die huishoudens"), _PARTITION, Measure.PERSONS),
    Spec("first_visits", _M, _("eerste bezoeken van het jaar"), _PARTITION, Measure.FIRST_VISITS),
    Spec(
        "visits_day", _M, _("bezoeken per dag"), Shape.TIME, Measure.VISITS, inside_only=True,
        by_key=True,
    ),
    Spec("learn", _L, _("leren in cijfers"), Shape.FIGURES),
    Spec(
        "activities_kind", _L, _("activiteiten per soort"), _PARTITION, Measure.ACTIVITIES,
        largest_first=True,
    ),
    Spec(
        "participants_kind", _L, _("deelnemers per soort"), _PARTITION, Measure.PARTICIPANTS,
        largest_first=True,
    ),
    Spec(
        "participants_organiser", _L, _("deelnemers per organisator"), _PARTITION,
        Measure.PARTICIPANTS, largest_first=True,
    ),
    Spec("refer", _R, _("verwijzen in cijfers"), Shape.FIGURES),
    Spec(
        "questions_theme", _R, _("vragen per thema"), _PARTITION, Measure.QUESTIONS,
        largest_first=True,
    ),
    Spec(
        "questions_help", _R, _("vragen per soort hulp"), _PARTS, Measure.QUESTIONS,
        largest_first=True,
    ),
    Spec("questions_outcome", _R, _("vragen per resultaat"), _PARTITION, Measure.QUESTIONS),
    Spec(
        "questions_organisation", _R, _("vragen per organisatie die hielp"), _PARTITION,
        Measure.QUESTIONS, largest_first=True,
    ),
    Spec(
        "unmet_reason", _R, _("waarom vragen niet lukten"), _PARTITION, Measure.UNMET,
        largest_first=True,
    ),
    Spec(
        "unmet_theme", _R, _("waarover vragen gingen die niet lukten"), _PARTITION, Measure.UNMET,
        largest_first=True,
    ),
    Spec(
        "questions_flow", _R, _("van thema naar resultaat"), _PARTITION, Measure.QUESTIONS,
        inside_only=True, largest_first=True,
    ),
    Spec(
        "referrals_partner", _R, _("doorverwijzingen per partner"), _PARTITION, Measure.REFERRALS,
        largest_first=True,
    ),
    Spec("referrals_warmth", _R, _("warm en koud doorverwezen"), _PARTITION, Measure.REFERRALS),
    Spec("referrals_state", _R, _("waar ze nu staan"), _PARTITION, Measure.REFERRALS),
    Spec("referrals_known", _R, _("uitkomst bekend na 30 dagen"), _PARTITION, Measure.REFERRALS),
    Spec("answer_days", _R, _("dagen tot een partner antwoordt"), Shape.MEAN, Measure.ANSWER_DAYS),
    Spec("policy", _P, _("politiseren in cijfers"), Shape.FIGURES),
    Spec(
        "signals_theme", _P, _("signalen per thema"), _PARTITION, Measure.SIGNALS,
        largest_first=True,
    ),
    Spec("signals_phase", _P, _("signalen per fase"), _PARTITION, Measure.SIGNALS),
    Spec("signals_visitors", _P, _("samen met bezoekers"), _PARTITION, Measure.SIGNALS),
)  # fmt: skip

TABLES: dict[str, Spec] = {spec.key: spec for spec in SPECS}
