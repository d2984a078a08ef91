"""The page of one week: figures, days, inbox, review, and which weeks were reviewed."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

import visits.tallies as came
from accounts.models import Membership
from places.models import Stek
from policy.models import Bundle
from reviews.figures import DEFINITIONS, Change, WeekFigures, weeks_until
from reviews.happened import Happened
from reviews.inbox import Inbox
from reviews.models import WeekReview
from visits.days import current_day
from visits.period import Period, week_of

#: Weeks ahead that have a page: what is planned.
WEEKS_AHEAD = 8


@dataclass(frozen=True)
class Reviewable:
    """Whether a week can be reviewed today; else from which day on."""

    now: bool
    since: dt.date

    @classmethod
    def of(cls, week: Period, last_planned: dt.date | None, today: dt.date) -> Self:
        """Once it is over, or from its last planned opening on."""
        since = last_planned or week.last + dt.timedelta(days=1)
        return cls(
            now=today > week.last or (last_planned is not None and today >= since), since=since
        )


@dataclass(frozen=True)
class StripWeek:
    """One of the last weeks: reviewed, open (not reviewed), or closed (no opening)."""

    week: Period
    state: str
    is_shown: bool


@dataclass(frozen=True)
class WeekPage:
    week: Period
    today: dt.date
    happened: Happened
    #: As they were frozen when the week is reviewed; None for a week that is to come.
    figures: WeekFigures | None
    #: What is counted otherwise now than when it was frozen.
    changes: tuple[Change, ...]
    review: WeekReview | None
    #: Reviews that were reopened, the last one first.
    earlier: tuple[WeekReview, ...]
    reviewable: Reviewable
    strip: tuple[StripWeek, ...]
    #: Whole weeks that the structural signal has waited for an answer that waits longest.
    unanswered: int | None
    #: Only on the pages of this week and the one before: what waits, waits now.
    inbox: Inbox | None

    @property
    def is_this_week(self) -> bool:
        return self.week == week_of(self.today)

    @property
    def is_running(self) -> bool:
        return self.week.first <= self.today <= self.week.last

    @property
    def is_future(self) -> bool:
        return self.week.is_future(self.today)

    @property
    def definitions_changed(self) -> bool:
        """The frozen figures follow an older version of the definitions."""
        return self.review is not None and self.review.definitions not in {None, DEFINITIONS}

    @classmethod
    def of(cls, membership: Membership, week: Period, *, now: dt.datetime, whole: str = "") -> Self:
        stek, today = membership.stek, current_day(now)
        happened = Happened.of(stek, week, today=today)
        reviews = list(WeekReview.objects.of_stek(stek).of_week(week.first).with_names())
        review = next((one for one in reviews if one.reopened_at is None), None)
        figures = None if week.is_future(today) else WeekFigures.of(stek, week, today=today)
        changes: tuple[Change, ...] = ()
        if figures is not None and review is not None and review.figures is not None:
            frozen = WeekFigures.from_json(review.figures)
            figures, changes = frozen, figures.changed_since(frozen)
        this = week_of(today)
        return cls(
            week=week,
            today=today,
            happened=happened,
            figures=figures,
            changes=changes,
            review=review,
            earlier=tuple(one for one in reviews if one.reopened_at is not None),
            reviewable=Reviewable.of(week, happened.last_planned, today),
            strip=_strip(stek, this, shown=week),
            unanswered=_unanswered(stek, today),
            inbox=(
                Inbox.of(membership, now=now, whole=whole)
                if week in {this, this.before()}
                else None
            ),
        )


def _strip(stek: Stek, this: Period, *, shown: Period) -> tuple[StripWeek, ...]:
    """The eight weeks before this one, from the first in which the place was open; two queries."""
    weeks = weeks_until(this)[:-1]
    first, last = weeks[0].first, weeks[-1].last
    opened = {week_of(row.day) for row in came.openings([stek.pk], first, last)}
    reviewed = WeekReview.objects.of_stek(stek).mondays_reviewed(first, last)
    found: list[StripWeek] = []
    for week in weeks:
        state = "open" if week in opened else "closed"
        state = "reviewed" if week.first in reviewed else state
        # Before the place first opened there was nothing to review.
        if found or state != "closed":
            found.append(StripWeek(week, state, is_shown=week == shown))
    return tuple(found)


def _unanswered(stek: Stek, today: dt.date) -> int | None:
    """One query."""
    handed_on = Bundle.objects.of_stek(stek).unanswered().longest_waiting()
    return (today - handed_on).days // 7 if handed_on else None
