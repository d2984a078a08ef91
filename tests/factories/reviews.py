"""The week: what was decided on its items, and its review."""

import datetime as dt
from typing import Any

from django.utils import timezone

from places.models import Stek
from reviews.figures import DEFINITIONS, WeekFigures
from reviews.kinds import Kind, What
from reviews.models import Decision, WeekReview
from tests.factories.accounts import user
from tests.factories.moments import today


def decision(stek: Stek, subject_id: int, **fields: Any) -> Decision:
    """Seen just now, of a household that was new today; `days_ago` puts it back."""
    by = fields.pop("by", None) or user()
    moment = timezone.now() - dt.timedelta(days=fields.pop("days_ago", 0))
    values = {"kind": Kind.NEW, "about_day": today(), "what": What.SEEN, "decided_at": moment}
    return Decision.objects.create(
        stek=stek, subject_id=subject_id, decided_by=by, **(values | fields)
    )


def week_review(stek: Stek, monday: dt.date, **fields: Any) -> WeekReview:
    """Reviewed, with nothing counted; `reviewed_at=None` makes it a note only."""
    values: dict[str, Any] = {"reviewed_at": timezone.now(), "reviewed_by": user()} | fields
    if values["reviewed_at"] is None:
        values["reviewed_by"] = None
    else:
        nothing = WeekFigures.nothing().as_json()
        values = {"figures": nothing, "definitions": DEFINITIONS} | values
    return WeekReview.objects.create(stek=stek, week=monday, **values)
