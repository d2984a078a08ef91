"""The course of a signal: which move may follow where, and where it stands after all of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from policy.states import Move, Phase

#: What may be done with one signal that stands by itself.
_ONE: Mapping[str, tuple[Phase, ...]] = {
    Phase.NOTICED: (Phase.COLLECTED, Phase.NOT_RETAINED),
    Phase.COLLECTED: (Phase.NOTICED, Phase.NOT_RETAINED),
    Phase.NOT_RETAINED: (Phase.NOTICED, Phase.COLLECTED),
}
#: What may be done with a structural signal. A phase may be passed over: not every council decides
#: before somebody acts.
_BUNDLE: Mapping[str, tuple[Move, ...]] = {
    Phase.BUNDLED: (Move.ANALYSED, Move.HANDED_ON, Move.NOT_RETAINED),
    Phase.ANALYSED: (Move.HANDED_ON, Move.NOT_RETAINED),
    Phase.HANDED_ON: (Move.DECISION, Move.ACTION, Move.FEEDBACK, Move.NOT_RETAINED),
    Phase.DECISION: (Move.ACTION, Move.FEEDBACK, Move.NOT_RETAINED),
    Phase.ACTION: (Move.FEEDBACK,),
    Phase.FEEDBACK: (Move.REOPENED,),
    Phase.NOT_RETAINED: (Move.REOPENED,),
}
#: Phases in which an answer can come in.
ANSWERABLE = frozenset({Phase.HANDED_ON, Phase.DECISION, Phase.ACTION, Phase.FEEDBACK})


def may_sort(phase: str) -> tuple[Phase, ...]:
    """Where one signal may go from this phase; nowhere while it is bundled."""
    return _ONE.get(phase, ())


def may_be_bundled(phase: str) -> bool:
    """Whether a signal in this phase may be put in a structural one: also what was put aside."""
    return phase in _ONE


def may_follow(phase: str) -> tuple[Move, ...]:
    """What may be noted of a structural signal in this phase, in the order of the page."""
    return _BUNDLE.get(phase, ())


class Step(Protocol):
    """What the course reads of a step."""

    what: str
    reason: str
    at: dt.datetime
    recipient: str
    day: dt.date | None


@dataclass(frozen=True)
class Standing:
    """Where a structural signal stands; its fields are those of the model with the same name."""

    phase: str = Phase.BUNDLED.value
    phase_at: dt.datetime | None = None
    reason: str = ""
    recipient: str = ""
    handed_on: dt.date | None = None


def standing_after(steps: Iterable[Step]) -> Standing:
    """Read the steps from the first to the last; those that were struck out are not given."""
    now = Standing()
    for step in steps:
        now = _after(now, step)
    return now


def _after(now: Standing, step: Step) -> Standing:
    if step.what == Move.HANDED_ON:
        now = replace(now, recipient=step.recipient, handed_on=step.day)
    if step.what == Move.REOPENED:
        phase = Phase.HANDED_ON if now.handed_on else Phase.BUNDLED
        return replace(now, phase=phase.value, phase_at=step.at, reason="")
    reason = step.reason if step.what == Move.NOT_RETAINED else ""
    return replace(now, phase=step.what, phase_at=step.at, reason=reason)
