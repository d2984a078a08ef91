"""What an opbouwwerker did with the weeks: reviewed most of them, decided on some of what waits."""

import datetime as dt
import random

from accounts.models import Membership, User
from places.models import Stek
from reviews.figures import DEFINITIONS, WeekFigures
from reviews.inbox import Inbox
from reviews.kinds import What
from reviews.models import Decision, WeekReview
from stek.demo.population import at, made_key
from visits.period import Period, week_of

#: The note of each reviewed week, the latest first; the week before this one waits for its review.
NOTES = (
    "Twee vragen over de nieuwe budgetmeter: bundelen met het signaal over opladen.",
    "",
    "Rustige week. LIGO start in januari een nieuwe groep.",
    "Veel volk op donderdag, te weinig stoelen.",
    "",
    "Drie nieuwe huishoudens via het CAW.",
    "De eerste facturen van de winter komen binnen.",
)


def save_weeks(
    stek: Stek, *, worker: User, coordinator: User, today: dt.date, rng: random.Random
) -> None:
    """After everything else: it freezes what was counted."""
    week = week_of(today).before()
    for note in NOTES:
        week = week.before()
        _review(stek, week, note, worker, rng)
    _decide(stek, worker, coordinator, today, rng)


def _review(stek: Stek, week: Period, note: str, by: User, rng: random.Random) -> None:
    after = week.last + dt.timedelta(days=1)
    WeekReview.objects.create(
        stek=stek,
        week=week.first,
        note=note,
        figures=WeekFigures.of(stek, week, today=after).as_json(),
        definitions=DEFINITIONS,
        reviewed_at=at(after, 10, 15),
        reviewed_by=by,
        request_id=made_key(rng),
    )


def _decide(
    stek: Stek, worker: User, coordinator: User, today: dt.date, rng: random.Random
) -> None:
    """Of each kind: one seen a week ago, and since yesterday one handled, given, left waiting."""
    membership = Membership.objects.of_stek(stek).get(user=worker)
    yesterday = at(today - dt.timedelta(days=1), 14, 20)
    for group in Inbox.of(membership, now=at(today, 0)).groups:
        old = [item for item in group.items if item.about_day < today - dt.timedelta(days=8)]
        for item, what in zip(old, (What.SEEN, What.DONE, What.ASSIGNED, What.WAITS), strict=False):
            weeks = what == What.SEEN
            Decision.objects.create(
                stek=stek,
                kind=item.kind,
                subject_id=item.subject_id,
                about_day=item.about_day,
                what=what,
                until=today + dt.timedelta(days=15) if what == What.WAITS else None,
                assigned_to=coordinator if what == What.ASSIGNED else None,
                decided_at=yesterday - dt.timedelta(weeks=weeks),
                decided_by=worker,
                request_id=made_key(rng),
            )
