"""The one way to write the audit log, and the one way in which a row of it goes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from accounts.laptop.device import device_here
from accounts.models import AuditEvent, User


def record(
    verb: str,
    *,
    on: models.Model | None,
    by: User | None,
    stek_id: int | None = None,
    fields: Iterable[str] = (),
) -> AuditEvent:
    """Log a change, in the transaction of the change itself.

    `fields` are names of fields, never their values. `by` is None for what the machine does by
    itself (`run_due`). `stek_id` is only needed where the row has none of its own.
    """
    return AuditEvent.objects.create(**_row(AuditEvent.Kind.CHANGE, verb, on, by, stek_id, fields))


def record_read(
    verb: str, *, on: models.Model | None, by: User | None, stek_id: int | None = None
) -> AuditEvent:
    """Log that somebody is about to see personal data; call it before the page is made.

    `by` is None for a partner, who has no account.
    """
    return AuditEvent.objects.create(**_row(AuditEvent.Kind.READ, verb, on, by, stek_id, ()))


#: Rows of the log that are taken away in one transaction.
AT_ONCE = 1000


@transaction.atomic
def forget_events(*, stek_id: int | None, before: dt.datetime) -> int:
    """Take away the oldest rows of one STEK that are past its term; how many, at most AT_ONCE.

    The only way in which a row of the log ever goes: nothing else may delete or change one. It
    reads the oldest rows only, so that it costs the same over a million of them.
    """
    oldest = AuditEvent.objects.filter(stek_id=stek_id).order_by("id").values_list("id", "at")
    old = [pk for pk, at in oldest[:AT_ONCE] if at < before]
    AuditEvent.objects.filter(pk__in=old).delete()
    return len(old)


def _row(
    kind: str,
    verb: str,
    on: models.Model | None,
    by: User | None,
    stek_id: int | None,
    fields: Iterable[str],
) -> dict[str, Any]:
    return {
        "kind": kind,
        "verb": verb,
        "actor_id": by.pk if by else None,
        "stek_id": stek_id if stek_id is not None else getattr(on, "stek_id", None),
        "subject_type": on._meta.model_name if on is not None else "",
        "subject_id": on.pk if on is not None else None,
        "fields": sorted(fields),
        "device_id": device.pk if (device := device_here()) else None,
    }
