"""What the page of activities shows: what comes, what is over, and this year in figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.core.paginator import Page, Paginator

from accounts.models import Membership
from visits.activity_figures import ActivityFigures
from visits.models import Activity

PER_PAGE = 20


@dataclass(frozen=True)
class ActivityList:
    today: dt.date
    coming: tuple[Activity, ...]
    past: Page
    #: Of this year until today.
    figures: ActivityFigures

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date, page: str = "") -> Self:
        mine = Activity.objects.visible_to(membership)
        return cls(
            today=today,
            coming=tuple(mine.coming(today)),
            past=Paginator(mine.past(today), PER_PAGE).get_page(page),
            figures=ActivityFigures.of(membership.stek, today.replace(month=1, day=1), today),
        )

    @property
    def is_empty(self) -> bool:
        return not self.coming and not self.past.paginator.count
