"""Signals to policy, loose and bundled."""

from typing import Any

from django.utils import timezone

from places.models import Stek
from policy.bundle_actions import move_bundle
from policy.models import Bundle, Signal
from policy.states import Move, Phase
from policy.steps import add, settle
from tests.factories.accounts import user
from tests.factories.moments import today


def signal(stek: Stek, bottleneck: str = "De bus rijdt niet op woensdag.", **fields: Any) -> Signal:
    """A signal that nobody sorted yet; in `bundle` it is bundled."""
    values: dict[str, Any] = {
        "noted_at": timezone.now(),
        "noted_by": fields.pop("by", None) or user(),
    }
    if fields.get("bundle"):
        values["phase"] = Phase.BUNDLED
    return Signal.objects.create(stek=stek, bottleneck=bottleneck, **(values | fields))


def bundle(stek: Stek, title: str = "De bus op woensdag", **fields: Any) -> Bundle:
    """A structural signal as it is made, without signals; `handed_on` says to the town, today."""
    by = fields.pop("by", None) or user()
    handed_on = fields.pop("handed_on", False)
    row = Bundle.objects.create(
        stek=stek, title=title, phase_at=timezone.now(), created_by=by, **fields
    )
    add(row, Move.BUNDLED, by=by)
    settle(row)
    if handed_on:
        move_bundle(
            row,
            what=Move.HANDED_ON,
            version=row.version,
            recipient="gemeente Kalmthout",
            day=today(),
            by=by,
        )
        row.refresh_from_db()
    return row
