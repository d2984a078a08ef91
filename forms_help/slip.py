"""What stands on the next-time slip: what to bring, when, whom to ask for, where.

It is read on the bus and left on tables: no name of the visitor, no theme, no typed text.
"""

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date

from accounts.models import Membership
from accounts.roles import Role
from forms_help.models import Document, FollowUp
from forms_help.slip_words import SLIP_WORDS, SlipWords
from people.models import Language
from places.languages import say_time
from places.models import Stek
from places.planning import planned_day

#: From so many papers on they are set smaller, so that eight still go on one A6.
MANY = 4


@dataclass(frozen=True)
class Paper:
    """Something to bring; `dutch` is empty when there is only the Dutch word."""

    pictogram: str
    name: str
    dutch: str


@dataclass(frozen=True)
class Slip:
    words: SlipWords
    papers: tuple[Paper, ...]
    day: str
    #: One line for each time that the place is open on that day; empty when it is not.
    hours: tuple[str, ...]
    ask_for: str
    stek: Stek
    is_past: bool

    @classmethod
    def of(cls, follow_up: FollowUp, *, language: str, stek: Stek, today: dt.date) -> "Slip":
        words = SLIP_WORDS[language]
        return cls(
            words=words,
            papers=_papers(follow_up, language),
            day=format_date(follow_up.due, "full", locale=words.language.locale),
            hours=_hours(stek, follow_up.due, words),
            ask_for=_ask_for(follow_up, stek, words, today),
            stek=stek,
            is_past=follow_up.due < today,
        )

    @property
    def has_many(self) -> bool:
        return len(self.papers) >= MANY


def language_of(follow_up: FollowUp, asked: str) -> str:
    """The language that was asked for, else that of the household, else Dutch."""
    household = follow_up.household
    wanted = (asked, household.language if household else "")
    return next((one for one in wanted if one in SLIP_WORDS), Language.DUTCH.value)


def _papers(follow_up: FollowUp, language: str) -> tuple[Paper, ...]:
    if follow_up.kind == FollowUp.Kind.TASK:
        return ()
    documents = follow_up.documents.prefetch_related("names")
    return tuple(_paper(document, language) for document in documents)


def _paper(document: Document, language: str) -> Paper:
    names = {name.language: name.name for name in document.names.all()}
    own = names.get(language, "")
    return Paper(document.pictogram, own or document.name, document.name if own else "")


def _hours(stek: Stek, day: dt.date, words: SlipWords) -> tuple[str, ...]:
    plan = planned_day(stek, day)
    if not plan.is_open:
        return ()
    return tuple(
        words.hours.format(
            opens=say_time(opens, words.language), closes=say_time(closes, words.language)
        )
        for opens, closes in plan.hours
    )


def _ask_for(follow_up: FollowUp, stek: Stek, words: SlipWords, today: dt.date) -> str:
    if follow_up.for_user is not None:
        return follow_up.for_user.first_name or str(follow_up.for_user)
    if follow_up.for_role == Role.COMMUNITY_WORKER:
        return _community_worker(stek, today) or words.community_worker
    return words.coordinator if follow_up.for_role == Role.COORDINATOR else words.at_table


def _community_worker(stek: Stek, today: dt.date) -> str:
    """By name, because visitors know who that is; empty when there are several or none."""
    team = Membership.objects.of_stek(stek).current(today)
    names = [one.user.first_name for one in team if one.role == Role.COMMUNITY_WORKER]
    return names[0] if len(names) == 1 else ""
