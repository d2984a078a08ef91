"""The figures of one week, counted or as they were frozen.

Everything is counted by the tallies of the apps, so the week and the reports can't disagree. While
the week runs it counts until today, and the weeks before it until the same day.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

import forms_help.tallies as asked
import policy.tallies as signalled
import referrals.tallies as referred
import visits.tallies as came
from forms_help.outcomes import Outcome
from places.models import Stek
from referrals.states import Warmth
from reviews.usual import WEEKS, Measure
from visits.period import Period, week_of

#: Definition 1 (2026-11): visits that were not struck out; participants of activities that were
#: counted; referrals by the day of the contact; signals by the day on which they were noted;
#: questions by the day of the opening. Usual: `reviews.usual`.
DEFINITIONS = 1

#: A word and a number, the largest first.
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class WeekFigures:
    """Of one STEK. `asking` are households with a question, each once."""

    visits: Measure
    participants: Measure
    referrals: Measure
    signals: Measure
    openings: int
    warm: int
    known: int
    questions: int
    asking: int
    themes: Counts
    outcomes: Counts

    @classmethod
    def nothing(cls) -> Self:
        """Of a week in which nothing was counted."""
        none = Measure(0)
        return cls(none, none, none, none, 0, 0, 0, 0, 0, (), ())

    @classmethod
    def of(cls, stek: Stek, week: Period, *, today: dt.date) -> Self:
        """Eight queries."""
        weeks = weeks_until(week)
        days = min(6, max(0, (today - week.first).days))  # after Monday; 6 once the week is over
        steks, first, last = [stek.pk], weeks[0].first, week.first + dt.timedelta(days=days)
        opened = Counter(week_of(one.day) for one in came.openings(steks, first, last))
        visits = _by_week(came.visits_by_day(steks, first, last), "visits", days)
        taking_part = _by_week(came.activities(steks, first, last), "participants", days)
        sent = _by_week(referred.referrals_by_day(steks, first, last), "referrals", days)
        noted = _by_week(signalled.signals_by_day(steks, first, last), "signals", days)
        referrals = referred.referrals(steks, week.first, last)
        questions = asked.questions(steks, week.first, last)

        def measure(numbers: Mapping[Period, int]) -> Measure:
            before = (numbers[one] if opened[one] else None for one in weeks[:-1])
            return Measure(numbers[week], tuple(before))

        return cls(
            visits=measure(visits),
            participants=measure(taking_part),
            referrals=measure(sent),
            signals=measure(noted),
            openings=opened[week],
            warm=sum(row.referrals for row in referrals if row.warmth == Warmth.WARM),
            known=sum(row.known for row in referrals),
            questions=sum(row.questions for row in questions),
            asking=asked.asking_households(steks, week.first, last).get(stek.pk, 0),
            themes=_counts((row.theme or _("babbel"), row.questions) for row in questions),
            outcomes=_counts((Outcome(row.outcome).label, row.questions) for row in questions),
        )

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Theme, number, and how long its bar is, of a hundred."""
        most = max((count for _theme, count in self.themes), default=1)
        return [(theme, count, max(1, 100 * count // most)) for theme, count in self.themes]

    # --- frozen ---

    def as_json(self) -> dict[str, Any]:
        """Numbers and words of lists, never of people."""
        found: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, Measure):
                value = {"now": value.now, "before": list(value.before)}
            elif isinstance(value, tuple):
                value = [list(pair) for pair in value]
            found[name] = value
        return found

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        values: dict[str, Any] = {}
        for name in cls.__dataclass_fields__:
            value = stored[name]
            if isinstance(value, Mapping):
                value = Measure(value["now"], tuple(value["before"]))
            elif isinstance(value, list):
                value = tuple((word, count) for word, count in value)
            values[name] = value
        return cls(**values)

    def changed_since(self, frozen: "WeekFigures") -> "tuple[Change, ...]":
        """What is counted differently now than when the week was reviewed."""
        pairs = [(word, then, now) for word, then, now in _numbers(frozen, self) if then != now]
        return tuple(Change(word, then, now) for word, then, now in pairs)


@dataclass(frozen=True)
class Change:
    word: str
    then: int
    now: int


def weeks_until(week: Period) -> list[Period]:
    """The weeks before that make the usual, and this one at the end."""
    weeks = [week]
    for _number in range(WEEKS):
        weeks.insert(0, weeks[0].before())
    return weeks


def _by_week(rows: Sequence[Any], name: str, days: int) -> Counter[Period]:
    """Sums by week, of the days until the same one of each."""
    found: Counter[Period] = Counter()
    for row in rows:
        if row.day.weekday() <= days:
            found[week_of(row.day)] += getattr(row, name)
    return found


def _counts(pairs: Any) -> Counts:
    found: Counter[str] = Counter()
    for word, count in pairs:
        found[str(word)] += count
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _numbers(then: WeekFigures, now: WeekFigures) -> list[tuple[str, int, int]]:
    found = [
        (_("bezoeken"), then.visits.now, now.visits.now),
        (_("deelnemers"), then.participants.now, now.participants.now),
        (_("doorverwijzingen"), then.referrals.now, now.referrals.now),
        (_("warme doorverwijzingen"), then.warm, now.warm),
        (_("doorverwijzingen met terugkoppeling"), then.known, now.known),
        (_("nieuwe signalen"), then.signals.now, now.signals.now),
        (_("openingen"), then.openings, now.openings),
        (_("vragen"), then.questions, now.questions),
        (_("huishoudens met een vraag"), then.asking, now.asking),
    ]
    for one, other in ((then.themes, now.themes), (then.outcomes, now.outcomes)):
        before, after = dict(one), dict(other)
        found += [
            (word, before.get(word, 0), after.get(word, 0))
            for word in dict.fromkeys([*before, *after])
        ]
    return found
