"""Who a structural signal is about, in counts: questions and households of the last twelve months.

A question is concerned when a signal of the bundle was noted from it, or when it has the theme of
the bundle and did not work out. Struck-out questions and visits do not count; a household counts
once, and a question without a name counts for no household. Beside it stands how many questions
there were of the theme at all, whatever came of them. The months are whole calendar months,
the running one included.
"""

import datetime as dt
from dataclasses import dataclass

from forms_help.models import Question
from policy.models import Bundle
from policy.querysets import concerned_questions, theme_questions
from policy.small import hidden_cells, is_small

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """How many questions in a month; None when the number is hidden."""

    first: dt.date
    questions: int | None


@dataclass(frozen=True)
class Concerned:
    """Counts as they may be shown: None is "minder dan 5", or hidden to protect one."""

    since: dt.date
    until: dt.date
    questions: int | None
    households: int | None
    #: All of the theme, also what was solved; None too when the bundle has no theme.
    of_theme: int | None
    months: tuple[Month, ...]

    @classmethod
    def of(cls, bundle: Bundle, *, today: dt.date) -> "Concerned":
        """Three queries."""
        firsts = months_until(today)
        rows = concerned_questions(Question.objects.counted(), bundle, since=firsts[0])
        found = rows.values_list("opening__day", "visit__household_id")
        by_month = dict.fromkeys(firsts, 0)
        households = set()
        for day, household_id in found:
            if day.replace(day=1) in by_month:
                by_month[day.replace(day=1)] += 1
            households.add(household_id)
        numbers = list(by_month.values())
        everything = theme_questions(Question.objects.counted(), bundle, since=firsts[0])
        hidden = hidden_cells(numbers)
        return cls(
            since=firsts[0],
            until=today,
            questions=_shown(sum(numbers)),
            households=_shown(len(households - {None})),
            of_theme=_shown(everything.count()) if bundle.theme_id else None,
            months=tuple(
                Month(first, None if place in hidden else number)
                for place, (first, number) in enumerate(by_month.items())
            ),
        )


def _shown(number: int) -> int | None:
    return None if is_small(number) else number


def months_until(today: dt.date) -> list[dt.date]:
    """The first days of the twelve months up to the running one."""
    last = today.year * 12 + today.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]
