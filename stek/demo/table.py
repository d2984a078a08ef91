"""What happened at the table: whose turn it was, what was asked, and what came of it."""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from accounts.models import Membership
from accounts.roles import Role
from forms_help.models import HelpType, Question, Theme
from forms_help.outcomes import Minutes, Outcome, QuestionVoidReason, UnmetReason
from places.models import Stek
from stek.demo.bulk import write_rows
from stek.demo.population import made_key
from visits.models import Attendance, Opening, QueueTurn, Visit

#: Share of the numbers that went home before their turn, and of visits that were just a chat.
LEAVES = 0.03
CHATS = 0.06
#: Share of the questions that was struck out, and that has a short note.
VOIDED = 0.005
NOTED = 0.12
#: How many questions somebody has, out of 100.
COUNTS = {1: 40, 2: 38, 3: 17, 4: 5}
OUTCOMES = {
    Outcome.HANDLED: 55,
    Outcome.COME_BACK: 15,
    Outcome.FOLLOW_UP: 12,
    Outcome.REFERRED: 15,
    Outcome.NOT_SOLVED: 3,
}
MINUTES = {Minutes.TEN: 30, Minutes.TWENTY: 40, Minutes.THIRTY: 20, Minutes.LONGER: 10}
THEMES = {
    "energy": 14, "housing": 12, "income": 14, "health": 8, "family": 7, "school": 5, "taxes": 8,
    "debts": 10, "digital": 9, "work": 5, "leisure": 3, "legal": 5, "other": 3,
}  # fmt: skip
#: theme: (months, how many times as often)
PEAKS = {
    "taxes": ((5, 6, 7), 4),
    "school": ((8, 9, 10), 4),
    "energy": ((11, 12, 1, 2), 2),
}
#: How likely it is that somebody helps, when several are there.
AT_TABLE = {Role.HELPER: 4, Role.COMMUNITY_WORKER: 4}
NOTES = (
    "Neemt volgende keer de brief zelf mee.",
    "Wachtwoord opnieuw ingesteld, werkt nu.",
    "Belt liever niet zelf, we bellen samen.",
    "Komt liefst na 14u.",
    "Formulier is verstuurd, antwoord binnen zes weken.",
    "Vroeg of haar zus ook mag komen: ja.",
)


class Helper(NamedTuple):
    """Who sits at the table, in which role and for which partner."""

    user_id: int
    role: str
    partner_id: int | None


class Asked(NamedTuple):
    """A visit with a question."""

    visit_id: int
    opening_id: int
    household_id: int | None
    arrived_at: dt.datetime


class TurnRow(NamedTuple):
    """The columns of a turn, in the order in which they are written."""

    visit_id: int
    taken_at: dt.datetime | None
    taken_by_id: int | None
    end: str
    ended_at: dt.datetime
    ended_by_id: int


class QuestionRow(NamedTuple):
    """The columns of a question, in the order in which they are written."""

    opening_id: int
    visit_id: int
    is_chat: bool
    theme_id: int | None
    outcome: str
    unmet_reason: str
    minutes: int | None
    note: str
    note_until: dt.date | None
    helper_role: str
    organisation_id: int | None
    request_id: uuid.UUID
    created_at: dt.datetime
    created_by_id: int
    voided_at: dt.datetime | None = None
    voided_by_id: int | None = None
    void_reason: str = ""


@dataclass(frozen=True)
class Noted:
    """A question that was written, with what a follow-up of it needs."""

    row: QuestionRow
    household_id: int | None
    theme: str


def helpers_by_opening(stek: Stek, openings: Iterable[Opening]) -> dict[int, list[Helper]]:
    """Who was on duty and may sit at the table; a partner is there under its own name."""
    by_user, by_partner = {}, {}
    for one in Membership.objects.of_stek(stek).select_related("partner").order_by("pk"):
        helper = Helper(one.user_id, one.role, one.partner_id)
        by_user[one.user_id] = helper
        if one.partner is not None:
            by_partner[one.partner.name] = helper
    there: dict[int, list[Helper]] = {opening.pk: [] for opening in openings}
    on_duty = Attendance.objects.filter(opening__stek=stek).order_by("pk")
    for opening_id, user_id, who in on_duty.values_list("opening_id", "user_id", "who"):
        found = by_user.get(user_id) if user_id else by_partner.get(who)
        if found is not None:
            there[opening_id].append(found)
    return there


def asked_at(stek: Stek) -> dict[int, list[Asked]]:
    """The visits with a question at each opening, in the order of the line."""
    visits = Visit.objects.filter(
        opening__stek=stek, for_question=True, voided_at__isnull=True
    ).order_by("opening_id", "queue_number")
    found: dict[int, list[Asked]] = {}
    names = ("pk", "opening_id", "household_id", "arrived_at")
    for pk, opening_id, household_id, arrived_at in visits.values_list(*names):
        if arrived_at is not None:
            asked = Asked(pk, opening_id, household_id, arrived_at)
            found.setdefault(opening_id, []).append(asked)
    return found


class Table:
    """Invents turns and questions, opening by opening; `noted` is what came of the questions."""

    def __init__(self, stek: Stek, *, today: dt.date, rng: random.Random) -> None:
        self.stek, self.rng = stek, rng
        self.themes = dict(Theme.objects.of_stek(stek).values_list("key", "pk"))
        self.help_types = list(HelpType.objects.of_stek(stek).values_list("pk", flat=True))
        # Older notes have been forgotten.
        self.today = today
        self.notes_since = today - dt.timedelta(days=stek.note_days)
        self.note_days = dt.timedelta(days=stek.note_days)
        self.weights = {month: list(accumulate(_weights(month))) for month in range(1, 13)}
        self.turns: list[TurnRow] = []
        self.noted: list[Noted] = []
        self.help_given: list[tuple[uuid.UUID, int]] = []

    def fill(self, openings: Sequence[Opening]) -> None:
        """Make up everything that was asked, and write it."""
        helpers = helpers_by_opening(self.stek, openings)
        asked = asked_at(self.stek)
        for opening in openings:
            for one in asked.get(opening.pk, ()):
                self._visit(one, opening, helpers[opening.pk])
        write_rows(QueueTurn, TurnRow._fields, self.turns)
        write_rows(Question, QuestionRow._fields, (noted.row for noted in self.noted))
        write_rows(Question.help_types.through, ("question_id", "helptype_id"), self._help_rows())

    def keys(self) -> dict[uuid.UUID, int]:
        """The primary key of each question that was written, by its request id."""
        questions = Question.objects.filter(opening__stek=self.stek)
        return dict(questions.values_list("request_id", "pk"))

    def _help_rows(self) -> Iterator[tuple[int, int]]:
        keys = self.keys()
        return ((keys[request_id], help_type) for request_id, help_type in self.help_given)

    def _visit(self, asked: Asked, opening: Opening, helpers: Sequence[Helper]) -> None:
        rng = self.rng
        called = asked.arrived_at + dt.timedelta(minutes=rng.randrange(2, 25))
        if rng.random() < LEAVES:
            self.turns.append(
                TurnRow(
                    asked.visit_id, None, None, QueueTurn.End.LEFT, called, opening.opened_by_id
                )
            )
            return
        helper = rng.choices(helpers, [AT_TABLE.get(Role(one.role), 1) for one in helpers])[0]
        chats = rng.random() < CHATS
        count = 1 if chats else rng.choices(list(COUNTS), list(COUNTS.values()))[0]
        done = called
        for _question in range(count):
            done += dt.timedelta(minutes=rng.randrange(6, 18))
            row = self._question(asked, helper, done, chats=chats)
            self.noted.append(row)
        self.turns.append(
            TurnRow(
                asked.visit_id, called, helper.user_id, QueueTurn.End.HELPED, done, helper.user_id
            )
        )

    def _question(self, asked: Asked, helper: Helper, moment: dt.datetime, *, chats: bool) -> Noted:
        """One question; of a partner only theme and outcome are kept."""
        rng = self.rng
        key = made_key(rng)
        theme, outcome = "", Outcome.HANDLED
        if not chats:
            theme = rng.choices(list(THEMES), cum_weights=self.weights[moment.month])[0]
            outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        minutes, note = None, ""
        if helper.partner_id is None:
            minutes = rng.choices(list(MINUTES), list(MINUTES.values()))[0].value
            if not chats:
                self._help(key)
                note = self._note(moment.date())
        row = QuestionRow(
            opening_id=asked.opening_id,
            visit_id=asked.visit_id,
            is_chat=chats,
            theme_id=self.themes[theme] if theme else None,
            outcome=outcome,
            unmet_reason=rng.choice(_UNMET) if outcome == Outcome.NOT_SOLVED else "",
            minutes=minutes,
            note=note,
            note_until=moment.date() + self.note_days if note else None,
            helper_role=helper.role,
            organisation_id=helper.partner_id,
            request_id=key,
            created_at=moment,
            created_by_id=helper.user_id,
        )
        return Noted(_struck_out(row) if rng.random() < VOIDED else row, asked.household_id, theme)

    def _help(self, key: uuid.UUID) -> None:
        first = self.rng.choice(self.help_types)
        self.help_given.append((key, first))
        if self.rng.random() < 0.35:
            other = self.rng.choice([one for one in self.help_types if one != first])
            self.help_given.append((key, other))

    def _note(self, day: dt.date) -> str:
        noted = day > self.notes_since and self.rng.random() < NOTED
        return self.rng.choice(NOTES) if noted else ""


_UNMET = tuple(UnmetReason)


def _weights(month: int) -> Iterator[int]:
    """How often each theme is asked about in this month."""
    for theme, weight in THEMES.items():
        months, times = PEAKS.get(theme, ((), 1))
        yield weight * (times if month in months else 1)


def _struck_out(row: QuestionRow) -> QuestionRow:
    """The same question, struck out by who noted it."""
    return row._replace(
        note="",
        note_until=None,
        voided_at=row.created_at + dt.timedelta(minutes=3),
        voided_by_id=row.created_by_id,
        void_reason=QuestionVoidReason.MISTAKE,
    )
