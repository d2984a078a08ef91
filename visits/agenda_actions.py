"""What changes about one date to come: the day, the table, and who says that they come."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Membership, User
from places.models import ChangedDay, SitterKind, Stek, TableChange
from places.planning import planned_day
from visits.days import current_day
from visits.models import TableReply
from visits.table_plan import speaks_for


class PastDay(Exception):
    """What is over can't be planned otherwise."""


class NotOpen(Exception):
    """Nobody is asked to come on a day that does not open."""


class TargetTaken(Exception):
    """Another opening was moved to that day already."""


class ChangedMeanwhile(Exception):
    """Somebody else changed this day first; `current` is how it stands now, None: as usual."""

    def __init__(self, current: ChangedDay | None) -> None:
        self.current = current
        super().__init__("changed meanwhile")


def change_day(
    *,
    stek: Stek,
    day: dt.date,
    to_day: dt.date | None,
    opens_at: dt.time | None,
    closes_at: dt.time | None,
    reason: str,
    version: int,
    by: User,
) -> ChangedDay:
    """Cancel this date (no `to_day`), move it, or open it at other hours.

    `version` is the change that the page showed, 0 for none. Raises `ChangedMeanwhile` when there
    is another by now, `TargetTaken` when something was moved to `to_day` already, and `PastDay`.
    The same change sent twice is made once.
    """
    _refuse_past(day)
    wanted: dict[str, object] = {
        "to_day": to_day,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "reason": reason,
    }
    try:
        with transaction.atomic():
            return _change_day(stek, day, wanted, version=version, by=by)
    except IntegrityError:
        current = ChangedDay.objects.of_stek(stek).on(day).first()
        if current is not None and current.version != version:
            raise ChangedMeanwhile(current) from None
        raise TargetTaken from None


def _change_day(
    stek: Stek, day: dt.date, wanted: dict[str, object], *, version: int, by: User
) -> ChangedDay:
    row = ChangedDay.objects.of_stek(stek).on(day).locked().first()
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    if (row.version if row else 0) != version:
        raise ChangedMeanwhile(row)
    row = row or ChangedDay(stek=stek, day=day, version=0)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    row.version += 1
    row.save()
    record("change_day", on=row, by=by, fields=changed)
    return row


@transaction.atomic
def restore_day(*, stek: Stek, day: dt.date, version: int, by: User) -> None:
    """Let the pattern decide on this date again; without a change there is nothing to do."""
    _refuse_past(day)
    row = ChangedDay.objects.of_stek(stek).on(day).locked().first()
    if row is None:
        return
    if row.version != version:
        raise ChangedMeanwhile(row)
    record("restore_day", on=row, by=by)
    row.delete()


@transaction.atomic
def change_table(
    *,
    stek: Stek,
    day: dt.date,
    who: str,
    comes: bool,
    by: User,
    kind: str = SitterKind.PARTNER,
) -> TableChange:
    """Note for this date that somebody comes on top of the pattern, or does not who is in it."""
    _refuse_past(day)
    try:
        with transaction.atomic():
            row = TableChange.objects.create(stek=stek, day=day, who=who, comes=comes, kind=kind)
            record("change_table", on=row, by=by, fields=["comes"])
            return row
    except IntegrityError:
        there = TableChange.objects.of_stek(stek).about(who, day).locked().first()
    if there is None:  # taken back in this very moment
        return change_table(stek=stek, day=day, who=who, comes=comes, by=by, kind=kind)
    if (there.comes, there.kind) != (comes, kind):
        there.comes, there.kind = comes, kind
        there.save(update_fields=["comes", "kind"])
        record("change_table", on=there, by=by, fields=["comes"])
    return there


@transaction.atomic
def restore_table(*, stek: Stek, day: dt.date, who: str, by: User) -> None:
    """Forget what was noted about somebody for this date; a second time changes nothing."""
    _refuse_past(day)
    for row in TableChange.objects.of_stek(stek).about(who, day):
        _forget(row, by=by)


@transaction.atomic
def reply(membership: Membership, *, day: dt.date, comes: bool, by: User) -> TableReply:
    """Keep what a colleague answers for this date; the last word counts.

    Who says "ik kom" after somebody noted that they, or the partner they work for, do not come,
    takes that back.
    """
    _refuse_past(day)
    if not planned_day(membership.stek, day).is_open:
        raise NotOpen
    row = _answer(membership.stek, day, comes=comes, by=by)
    if comes:
        _take_back_absence(membership, day, by=by)
    return row


def _answer(stek: Stek, day: dt.date, *, comes: bool, by: User) -> TableReply:
    try:
        with transaction.atomic():
            row = TableReply.objects.create(stek=stek, user=by, day=day, comes=comes)
            record("reply", on=row, by=by, fields=["comes"])
            return row
    except IntegrityError:
        row = TableReply.objects.of_stek(stek).locked_of(by, day)
    if row.comes != comes:
        row.comes, row.answered_at = comes, timezone.now()
        row.save(update_fields=["comes", "answered_at"])
        record("reply", on=row, by=by, fields=["comes"])
    return row


def _take_back_absence(membership: Membership, day: dt.date, *, by: User) -> None:
    absences = list(TableChange.objects.of_stek(membership.stek).absences_on(day))
    if not absences:
        return
    team = list(Membership.objects.of_stek(membership.stek).current(day).with_partner())
    me = next((one for one in team if one.pk == membership.pk), membership)
    for row in absences:
        if speaks_for(me, row.who, team):
            _forget(row, by=by)


def _forget(row: TableChange, *, by: User) -> None:
    record("change_table", on=row, by=by)
    row.delete()


def _refuse_past(day: dt.date) -> None:
    if day < current_day(timezone.now()):
        raise PastDay
