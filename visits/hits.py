"""What the counter shows of each household that was found: enough to choose, and no more."""

import datetime as dt
from dataclasses import dataclass

from people.cards import read_token
from people.eligibility import Standing
from people.models import Household
from people.search import Hit, find_households
from people.standing import standing_of
from visits.models import Opening, Visit

#: Weeks ago, for who was never here.
NEVER = 100_000
#: Last day and whether at this opening, for the same.
NOT_SEEN = (None, False)


@dataclass(frozen=True)
class HitLine:
    """One line below the field; `weeks` is None when never here before."""

    hit: Hit
    household: Household
    standing: Standing
    last_day: dt.date | None
    weeks: int | None
    here_already: bool


def find_lines(text: str, *, opening: Opening) -> list[HitLine]:
    """Search within the STEK of this opening; a constant number of queries."""
    hits = find_households(stek=opening.stek, text=text)
    ids = [hit.household_id for hit in hits]
    if not ids:
        return []
    households = Household.objects.in_use().with_access().in_bulk(ids)
    seen = Visit.objects.last_seen(ids, opening)
    lines = [
        _line(hit, households[hit.household_id], opening, *seen.get(hit.household_id, NOT_SEEN))
        for hit in hits
        if hit.household_id in households
    ]
    # Of names that fit equally well, the one who comes here most likely stands in front of you.
    return sorted(lines, key=_likeliest)


def _likeliest(line: HitLine) -> tuple[float, bool, int]:
    weeks = NEVER if line.weeks is None else line.weeks
    return -round(line.hit.score, 2), not line.standing.may_shop, weeks


def _line(
    hit: Hit, household: Household, opening: Opening, last: dt.date | None, here: bool
) -> HitLine:
    return HitLine(
        hit=hit,
        household=household,
        standing=standing_of(household, day=opening.day, stek=opening.stek),
        last_day=last,
        weeks=_weeks_between(last, opening.day) if last else None,
        here_already=here,
    )


def _weeks_between(last: dt.date, today: dt.date) -> int:
    """Calendar weeks, as people count them: 1 is last week."""
    monday = today - dt.timedelta(days=today.weekday())
    last_monday = last - dt.timedelta(days=last.weekday())
    return max((monday - last_monday).days // 7, 0)


def recognise(text: str, *, opening: Opening) -> Household | None:
    """The one household that a scanned card or a typed number stands for, or None."""
    households = Household.objects.of_stek(opening.stek).in_use().with_access()
    if token := read_token(text):
        return households.with_card(token)
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        return households.with_number(int(digits))
    return None
