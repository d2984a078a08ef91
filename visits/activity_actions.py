"""Activities: planned, changed, counted, cancelled; every verb is atomic, audited, safe twice."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from people.actions import OtherBody
from places.models import Stek
from visits.days import current_day
from visits.models import Activity


class ActivityChanged(Exception):
    """Somebody else saved this activity first; `current` is how it stands now."""

    def __init__(self, current: Activity) -> None:
        self.current = current
        super().__init__("changed meanwhile")


class AlreadyCounted(Exception):
    """People took part, so it went on."""


class NothingToCount(Exception):
    """It was cancelled, or is still to come."""


def create_activity(
    *, stek: Stek, details: dict[str, object], request_id: UUID, by: User
) -> Activity:
    """Plan an activity, or note one afterwards.

    The same `request_id` again returns what was made the first time; with other details it raises
    `OtherBody`.
    """
    try:
        with transaction.atomic():
            activity = Activity(stek=stek, request_id=request_id, created_by=by)
            for name, value in details.items():
                setattr(activity, name, value)
            activity.save(force_insert=True)
            record("create", on=activity, by=by)
            return activity
    except IntegrityError as error:
        earlier = Activity.objects.made_by_request(request_id)
        if earlier is None and is_key_elsewhere(error):
            raise OtherBody from None
        if earlier is None:
            raise
        same = all(getattr(earlier, name) == value for name, value in details.items())
        if earlier.stek_id != stek.pk or not same:
            raise OtherBody from None
        return earlier


@transaction.atomic
def update_activity(
    activity: Activity, *, changes: dict[str, object], version: int, by: User
) -> Activity:
    """Save changed fields, unless somebody saved the row since `version` was read."""
    current = Activity.objects.locked(activity.pk)
    return _update(current, changes, version=version, by=by)


@transaction.atomic
def count_participants(
    activity: Activity, *, participants: int | None, version: int, by: User
) -> Activity:
    """Note how many took part; None: nobody counted after all."""
    current = Activity.objects.locked(activity.pk)
    if current.is_cancelled or current.day > current_day(timezone.now()):
        raise NothingToCount
    return _update(current, {"participants": participants}, version=version, by=by)


@transaction.atomic
def cancel_activity(activity: Activity, *, by: User) -> Activity:
    """It does not go on; it stays in the lists, struck through. A second time changes nothing."""
    current = Activity.objects.locked(activity.pk)
    if current.is_cancelled:
        return current
    if current.participants is not None:
        raise AlreadyCounted
    changes: dict[str, object] = {"cancelled_at": timezone.now(), "cancelled_by": by}
    return _save(current, changes, verb="cancel_activity", by=by)


@transaction.atomic
def revive_activity(activity: Activity, *, by: User) -> Activity:
    """It goes on after all."""
    current = Activity.objects.locked(activity.pk)
    if not current.is_cancelled:
        return current
    changes: dict[str, object] = {"cancelled_at": None, "cancelled_by": None}
    return _save(current, changes, verb="revive_activity", by=by)


def _update(current: Activity, wanted: dict[str, object], *, version: int, by: User) -> Activity:
    """What differs; the same sent twice changes nothing, and is no edit by somebody else."""
    changes = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    if not changes:
        return current
    if current.version != version:
        raise ActivityChanged(current)
    return _save(current, changes, verb="update", by=by)


def _save(activity: Activity, changes: dict[str, object], *, verb: str, by: User) -> Activity:
    for name, value in changes.items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save(update_fields=[*changes, "version"])
    record(verb, on=activity, by=by, fields=changes)
    return activity
