"""The steps of a structural signal: adding one, striking one, reading again where it stands."""

import datetime as dt
import uuid
from dataclasses import asdict
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from policy.course import standing_after
from policy.models import Bundle, BundleStep
from policy.states import Move


class ChangedMeanwhile(Exception):
    """Somebody changed this row first; `current` is how it stands now."""

    def __init__(self, current: Bundle) -> None:
        self.current = current
        super().__init__("changed meanwhile")


class NotNow(Exception):
    """From where it stands, this can't happen."""


def held(bundle: Bundle, version: int) -> Bundle:
    """The row as it is now, held; when it was changed since, or struck out, it raises."""
    current: Bundle = Bundle.objects.with_words().locked(bundle.pk)
    if current.version != version:
        raise ChangedMeanwhile(current)
    if current.is_voided:
        raise NotNow
    return current


def keep(bundle: Bundle, *names: str) -> Bundle:
    """Save these fields, and count the change."""
    bundle.version += 1
    bundle.save(update_fields=[*names, "version"])
    return bundle


def add(
    bundle: Bundle,
    what: Move,
    *,
    by: User,
    reason: str = "",
    recipient: str = "",
    day: dt.date | None = None,
    request_id: UUID | None = None,
) -> BundleStep:
    step: BundleStep = BundleStep.objects.create(
        bundle=bundle,
        what=what,
        reason=reason,
        recipient=recipient,
        day=day,
        at=timezone.now(),
        by=by,
        request_id=request_id or uuid.uuid4(),
    )
    return step


def settle(bundle: Bundle) -> None:
    """Write where it stands after its steps; without a recipient there is nothing to answer."""
    standing = asdict(standing_after(BundleStep.objects.of_bundle(bundle).kept()))
    if bundle.answer and standing["handed_on"] is None:
        raise NotNow
    for name, value in standing.items():
        setattr(bundle, name, value)
    keep(bundle, *standing)
