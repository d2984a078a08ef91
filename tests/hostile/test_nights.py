"""Half past two on the nights the clock changes, wherever a day and an hour go together."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories
from tests.hostile.sending import send

pytestmark = pytest.mark.django_db

#: route: the field of the day, and those of the hours.
WHEN = {
    "referrals:step": ("day", ("time",)),
    "answers:answer": ("day", ("time",)),
    "agenda:day": ("to_day", ("opens_at",)),
    "activities:create": ("day", ("starts_at",)),
    "activities:edit": ("day", ("starts_at",)),
}


def _nights() -> list[dt.date]:
    """The last Sundays of March and October that come next: 02:30 is not there, and there twice."""
    today = factories.today()
    found = []
    for month in (3, 10):
        for year in (today.year, today.year + 1):
            last = dt.date(year, month, 31)
            sunday = last - dt.timedelta(days=(last.weekday() + 1) % 7)
            if sunday > today:
                found.append(sunday)
                break
    return found


@pytest.mark.parametrize("route", WHEN)
def test_hour_that_is_not_there_or_there_twice_is_kept_and_shown(world, route):
    sender, address, body = world.form(route)
    day, hours = WHEN[route]
    for night in _nights():
        at = dict.fromkeys(hours, "02:30") | {day: night.isoformat()}
        answer = send(sender, address, body | at, follow=True)
        assert (answer.status, answer.next_status) == (302, 200), (night, answer.error)
        assert answer.tables


def test_the_nights_are_those_on_which_the_clock_changes():
    for night in _nights():
        before, after = (
            dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())
            for day in (night - dt.timedelta(days=1), night)
        )
        assert before.utcoffset() != after.utcoffset()
