"""Carries out the terms of keeping that are left to the machine: names, the log, settled mail.

Once a day for each STEK, in short transactions of their own: whoever kills it between two loses
nothing, and the next run goes on where it stopped.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q

from accounts.audit import forget_events, record
from accounts.outbox import forget_mails
from people.eligibility import months_later
from people.models import Household, LeavingNotice
from people.rights import EraseReason
from places.models import Stek
from reviews.leaving import Leaves, leaving
from stek.erasure import erase_household
from visits.days import current_day, start_of

logger = logging.getLogger(__name__)

#: Households that are erased in one run; the next one, minutes later, goes on.
MOST = 200
#: Rounds of a thousand rows of the log in one run, for one STEK.
MOST_ROUNDS = 20
#: Announcements that are written in one transaction.
AT_ONCE = 200
#: After an erasure the changes file of SQLite is emptied; run_due comes every few minutes.
TRACES_FOR = dt.timedelta(minutes=30)


def carry_out_terms(now: dt.datetime, most: int = MOST) -> int:
    """How many households, mails and rows of the log went.

    One STEK or household that fails stops no other; the first reason is raised at the end, and
    that STEK is tried again in the next run.
    """
    today, gone = current_day(now), 0
    failed: list[Exception] = []
    for stek in _due(today):
        left = most - gone
        if left <= 0:
            return gone
        try:
            announce(stek, today=today)
            erased, whole, reasons = _erase_due(stek, today=today, most=left)
            rows, done = _forget_log(stek, today=today)
            failed += reasons
            gone += erased + rows
            if whole and done and not reasons:
                _finish(stek, today=today, anything=bool(erased or rows))
        except Exception as error:
            logger.exception("The terms of %s were not carried out.", stek.slug)
            failed.append(error)
    gone += _until_done(lambda: forget_events(stek_id=None, before=_of_nobody(today)))[0]
    if failed:
        raise failed[0]
    return gone


def announce(stek: Stek, *, today: dt.date) -> None:
    """Put who leaves in a month in the list, and take out who came back.

    An announcement that lies ahead was made by a clock that ran ahead: it counts from today. By a
    day it may be the other way round, a clock set back over midnight, and then it stays.
    """
    tomorrow = today + dt.timedelta(days=1)
    LeavingNotice.objects.of_stek(stek).ahead_of(tomorrow).update(since=today)
    rows = leaving(Household.objects.of_stek(stek), stek=stek, today=today)
    there = set(rows.order_by().values_list("pk", flat=True))
    listed = set(LeavingNotice.objects.of_stek(stek).values_list("household_id", flat=True))
    new, back = sorted(there - listed), sorted(listed - there)
    for at in range(0, len(new), AT_ONCE):
        LeavingNotice.objects.bulk_create(
            [LeavingNotice(household_id=pk, since=today) for pk in new[at : at + AT_ONCE]],
            ignore_conflicts=True,
        )
    for at in range(0, len(back), AT_ONCE):
        LeavingNotice.objects.filter(household_id__in=back[at : at + AT_ONCE]).delete()


def _due(today: dt.date) -> list[Stek]:
    """Those for which this day was not carried out to the end.

    A later day than today is of a clock that ran ahead, and holds nobody up.
    """
    open_ = Q(terms_done_on__isnull=True) | ~Q(terms_done_on=today)
    return list(Stek.objects.filter(open_).order_by("pk"))


def _erase_due(stek: Stek, *, today: dt.date, most: int) -> tuple[int, bool, list[Exception]]:
    """How many went, whether nobody is left to do, and what failed."""
    rows = leaving(Household.objects.of_stek(stek), stek=stek, today=today, within=0)
    due = [row.pk for row in rows if Leaves.of(row, stek=stek, today=today).is_due(today)]
    erased, failed = 0, []
    for pk in due[:most]:
        try:
            erased += _erase(pk, stek, today)
        except Exception as error:
            logger.exception("Household %s was not erased.", pk)
            failed.append(error)
    return erased, len(due) <= most, failed


@transaction.atomic
def _erase(pk: int, stek: Stek, today: dt.date) -> bool:
    """Asked once more while the row is held: a check-in meanwhile keeps somebody in the books."""
    household = Household.objects.locked(pk)
    row = leaving(Household.objects.filter(pk=pk), stek=stek, today=today, within=0).first()
    if row is None or not Leaves.of(row, stek=stek, today=today).is_due(today):
        return False
    erase_household(household, by=None, reason=EraseReason.TERM)
    return True


def _forget_log(stek: Stek, *, today: dt.date) -> tuple[int, bool]:
    """How many rows went, and whether none is left that should have gone."""
    before = start_of(months_later(today, -stek.audit_months))
    events, all_events = _until_done(lambda: forget_events(stek_id=stek.pk, before=before))
    mails, all_mails = _until_done(lambda: forget_mails(stek, before=before))
    return events + mails, all_events and all_mails


def _until_done(forget: Callable[[], int]) -> tuple[int, bool]:
    gone = 0
    for _round in range(MOST_ROUNDS):
        rows = forget()
        gone += rows
        if not rows:
            return gone, True
    return gone, False


def _of_nobody(today: dt.date) -> dt.datetime:
    """What is of no STEK is kept as long as the STEK that keeps its log longest."""
    longest = Stek.objects.aggregate(longest=Max("audit_months"))["longest"]
    return start_of(months_later(today, -(longest or 12)))


@transaction.atomic
def _finish(stek: Stek, *, today: dt.date, anything: bool) -> None:
    Stek.objects.filter(pk=stek.pk).update(terms_done_on=today)
    if anything:
        record("carry_out_terms", on=stek, by=None, stek_id=stek.pk)


def clear_traces(now: dt.datetime) -> None:
    """What was erased moments ago still stands in the changes file of SQLite: empty that.

    While somebody reads it stays as it is, and the next run tries again.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    recently: Any = Household.objects.filter(erased_at__gte=now - TRACES_FOR)
    if recently.exists():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
