"""What was still to do after a question: mostly done, some let go, the last ones open."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from accounts.roles import Role
from forms_help.models import FollowUp, Theme
from forms_help.outcomes import OPEN_OUTCOMES, DropReason, Outcome
from places.models import Stek
from places.planning import planned_days
from stek.demo.bulk import write_rows
from stek.demo.population import at
from stek.demo.table import Noted, Table
from visits.models import Opening

#: Share that is let go, and how many stay open after their day.
DROPPED = 0.13
OVERDUE = 2
REASONS = {
    DropReason.NOT_SEEN: 50,
    DropReason.ELSEWHERE: 25,
    DropReason.NOT_NEEDED: 20,
    DropReason.MISTAKE: 5,
}
TASKS = (
    "Nakijken of de aanvraag is aangekomen",
    "Vragen of er al antwoord is",
    "Samen nog eens bellen",
    "Afspraak maken met de dienst",
)


class FollowUpRow(NamedTuple):
    """The columns of a follow-up, in the order in which they are written."""

    stek_id: int
    question_id: int
    household_id: int | None
    kind: str
    what: str
    for_role: str
    for_user_id: int | None
    due: dt.date
    created_at: dt.datetime
    created_by_id: int
    done_at: dt.datetime | None = None
    done_by_id: int | None = None
    dropped_at: dt.datetime | None = None
    dropped_by_id: int | None = None
    drop_reason: str = ""


def coming_days(stek: Stek, today: dt.date) -> list[dt.date]:
    """The days from today on that the STEK opens, ten weeks far."""
    days = planned_days(stek, today, today + dt.timedelta(weeks=10))
    return [day.day for day in days if day.is_open]


def save_follow_ups(
    table: Table, openings: Sequence[Opening], *, today: dt.date, rng: random.Random
) -> None:
    """One for each question that asks for it, due at the next opening or the one after."""
    days = [opening.day for opening in openings] + coming_days(table.stek, today)
    place_of = {opening.pk: place for place, opening in enumerate(openings)}
    wanted = [
        (noted, days[place_of[noted.row.opening_id] + rng.choice((1, 1, 2))])
        for noted in table.noted
        if noted.row.outcome in OPEN_OUTCOMES and noted.row.voided_at is None
    ]
    late = [noted.row.request_id for noted, due in wanted if due < today and noted.household_id]
    left_open = set(late[-OVERDUE:])
    keys = table.keys()
    rows = []
    for noted, due in wanted:
        row = _row(noted, keys[noted.row.request_id], due, table.stek, rng)
        if due < today and noted.row.request_id not in left_open:
            row = _closed(row, today, table.stek, rng)
        rows.append(row)
    write_rows(FollowUp, FollowUpRow._fields, rows)
    papers = [(keys[noted.row.request_id], noted.theme) for noted, _due in wanted if _brings(noted)]
    _save_documents(table.stek, papers, rng)


def _brings(noted: Noted) -> bool:
    return noted.row.outcome == Outcome.COME_BACK


def _row(
    noted: Noted, question_id: int, due: dt.date, stek: Stek, rng: random.Random
) -> FollowUpRow:
    brings, chance = _brings(noted), rng.random()
    helper = noted.row.created_by_id
    return FollowUpRow(
        stek_id=stek.pk,
        question_id=question_id,
        household_id=noted.household_id,
        kind=FollowUp.Kind.PAPERS if brings else FollowUp.Kind.TASK,
        what="" if brings else rng.choice(TASKS),
        for_role="" if chance < 0.15 else _role(chance),
        for_user_id=helper if chance < 0.15 else None,
        due=due,
        created_at=noted.row.created_at,
        created_by_id=helper,
    )


def _role(chance: float) -> str:
    return Role.COMMUNITY_WORKER if chance > 0.8 else Role.HELPER


def _closed(row: FollowUpRow, today: dt.date, stek: Stek, rng: random.Random) -> FollowUpRow:
    """Done on its day, or let go two weeks later; its text is forgotten when a note would be."""
    let_go = row.due + dt.timedelta(days=14)
    dropped = rng.random() < DROPPED and let_go < today
    day = let_go if dropped else row.due
    moment, by = at(day, 14, rng.randrange(60)), row.created_by_id
    if day <= today - dt.timedelta(days=stek.note_days):
        row = row._replace(what="")
    if not dropped:
        return row._replace(done_at=moment, done_by_id=by)
    reason = rng.choices(list(REASONS), list(REASONS.values()))[0]
    return row._replace(dropped_at=moment, dropped_by_id=by, drop_reason=reason)


def _save_documents(stek: Stek, papers: Sequence[tuple[int, str]], rng: random.Random) -> None:
    """One or two of the papers that the theme usually asks for."""
    usual: dict[str, list[int]] = {}
    links = Theme.documents.through.objects.filter(theme__stek=stek).order_by("document__position")
    for key, document in links.values_list("theme__key", "document_id"):
        usual.setdefault(key, []).append(document)
    follow_ups = dict(
        FollowUp.objects.of_stek(stek)
        .filter(kind=FollowUp.Kind.PAPERS)
        .values_list("question_id", "pk")
    )
    write_rows(
        FollowUp.documents.through,
        ("followup_id", "document_id"),
        _document_rows(papers, usual, follow_ups, rng),
    )


def _document_rows(
    papers: Sequence[tuple[int, str]],
    usual: Mapping[str, Sequence[int]],
    follow_ups: Mapping[int, int],
    rng: random.Random,
) -> Iterator[tuple[int, int]]:
    for question_id, theme in papers:
        choice = usual[theme]
        for document in rng.sample(choice, min(len(choice), rng.choice((1, 1, 2)))):
            yield follow_ups[question_id], document
