"""What nobody froze in time is frozen by the machine: once, a few at a time, without anybody."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from places.models import Stek
from reports.models import Snapshot
from reports.stored import UnknownFormError
from reports.taking.due import MOST, freeze_due_reports, periods
from tests import factories
from visits.days import start_of

IN_AUGUST = dt.date(2026, 8, 4)
AFTER = dt.date(2026, 10, 14)


def freeze(day: dt.date) -> int:
    with time_machine.travel(start_of(day) + dt.timedelta(hours=12), tick=False):
        return freeze_due_reports(timezone.now())


def keys(day: dt.date) -> list[str]:
    return [period.key for period in periods(day)]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (dt.date(2026, 10, 13), ["2026-Q2", "2026-H1", "2025"]),
        (dt.date(2026, 10, 14), ["2026-Q3", "2026-H1", "2025"]),
        (dt.date(2026, 12, 31), ["2026-Q3", "2026-H1", "2025"]),
        (dt.date(2027, 1, 13), ["2026-Q3", "2026-H1", "2025"]),
        (dt.date(2027, 1, 14), ["2026-Q4", "2026-H2", "2026"]),
        (dt.date(2028, 7, 14), ["2028-Q2", "2028-H1", "2027"]),
    ],
)
def test_period_is_due_fourteen_days_after_its_last(day: dt.date, due: list[str]) -> None:
    assert keys(day) == due


def test_quarter_that_nobody_froze_is_frozen(stek: Stek) -> None:
    opening = factories.opening(stek, IN_AUGUST, closed=True)
    factories.anonymous_visit(opening)
    assert freeze(AFTER - dt.timedelta(days=1)) == 0
    assert freeze(AFTER) == 1
    frozen = Snapshot.objects.get()
    assert (frozen.stek, frozen.kind, frozen.period) == (stek, "saamo", "2026-Q3")
    assert (frozen.maker, frozen.version) == (None, 1)
    assert frozen.shown is not None
    event = AuditEvent.objects.get(verb="freeze_report")
    assert (event.actor_id, event.stek_id) == (None, stek.pk)
    assert freeze(AFTER) == 0


def test_quarter_half_and_year_end_together(stek: Stek) -> None:
    factories.opening(stek, IN_AUGUST, closed=True)
    factories.opening(stek, dt.date(2026, 11, 3), closed=True)
    assert freeze(dt.date(2027, 1, 20)) == 3
    found = set(Snapshot.objects.values_list("period", flat=True))
    assert found == {"2026-Q4", "2026-H2", "2026"}


def test_what_somebody_froze_is_left_alone(stek: Stek) -> None:
    factories.opening(stek, IN_AUGUST, closed=True)
    user = factories.user()
    factories.snapshot(stek, "saamo", "2026-Q3", maker=user)
    assert freeze(AFTER) == 0
    assert Snapshot.objects.get().maker == user


def test_another_report_does_not_stand_in_its_place(stek: Stek) -> None:
    factories.opening(stek, IN_AUGUST, closed=True)
    factories.snapshot(stek, "gemeente", "2026-Q3")
    assert freeze(AFTER) == 1


def test_stek_that_was_never_open_has_nothing_to_freeze(stek: Stek, essen: Stek) -> None:
    factories.opening(stek, dt.date(2026, 6, 30), closed=True)  # not in the quarter
    factories.opening(essen, IN_AUGUST, closed=True)
    freeze(AFTER)
    assert set(Snapshot.objects.values_list("stek__name", "period")) == {
        ("Kalmthout", "2026-H1"),
        ("Essen", "2026-Q3"),
    }


def test_a_run_does_a_few_and_the_next_goes_on(stek: Stek) -> None:
    for _number in range(MOST + 2):
        factories.opening(factories.stek(), IN_AUGUST, closed=True)
    assert [freeze(AFTER) for _run in range(3)] == [MOST, 2, 0]
    assert Snapshot.objects.count() == MOST + 2


def test_one_that_fails_stops_no_other(stek: Stek, essen: Stek) -> None:
    for one in (stek, essen):
        factories.opening(one, IN_AUGUST, closed=True)
    factories.snapshot(stek, "gemeente", "2026-Q2", figures={"form": "of later"})
    with pytest.raises(UnknownFormError):
        freeze(AFTER)
    assert Snapshot.objects.get(kind="saamo").stek == essen


def test_counting_holds_no_transaction(stek: Stek) -> None:
    """While the timer counts, the counter may write."""
    factories.opening(stek, IN_AUGUST, closed=True)
    outside, deepest = len(connection.savepoint_ids), set()

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        if "visits_visit" in sql:
            deepest.add(len(connection.savepoint_ids))
        return execute(sql, *rest)

    out = StringIO()
    moment = start_of(AFTER) + dt.timedelta(hours=12)
    with time_machine.travel(moment, tick=False), connection.execute_wrapper(look):
        call_command("run_due", stdout=out)
    assert "1 rapporten vanzelf vastgelegd" in out.getvalue()
    assert deepest == {outside}
