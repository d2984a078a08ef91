"""The course of a referral: which step may follow where, and where it stands after all of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from referrals.states import KNOWN, Happening, Source, State

#: Where a step leads; the others leave the state as it is.
LEADS_TO: Mapping[str, State] = {
    Happening.PROPOSED: State.PROPOSED,
    Happening.CONSENTED: State.CONSENTED,
    Happening.CONTACTED: State.CONTACTED,
    Happening.WAITING_LIST: State.WAITING_LIST,
    Happening.APPOINTMENT: State.APPOINTMENT,
    Happening.ARRIVED: State.ARRIVED,
    Happening.CLOSED: State.CLOSED,
    Happening.REFUSED: State.REFUSED,
    Happening.DROPPED_OUT: State.DROPPED_OUT,
    Happening.UNKNOWN: State.UNKNOWN,
    Happening.REACHED: State.ARRIVED,
    Happening.FAILED: State.DROPPED_OUT,
    Happening.WITHDRAWN: State.DROPPED_OUT,
}

_ON_THE_WAY = (
    Happening.WAITING_LIST,
    Happening.APPOINTMENT,
    Happening.ARRIVED,
    Happening.CLOSED,
    Happening.REFUSED,
    Happening.DROPPED_OUT,
    Happening.UNKNOWN,
)
#: What the team may note, by state. Contact itself is made by `referrals.actions.send`.
TEAM: Mapping[str, tuple[Happening, ...]] = {
    State.PROPOSED: (Happening.DROPPED_OUT,),
    State.CONSENTED: (Happening.DROPPED_OUT,),
    State.CONTACTED: _ON_THE_WAY,
    State.WAITING_LIST: tuple(one for one in _ON_THE_WAY if one != Happening.WAITING_LIST),
    State.APPOINTMENT: _ON_THE_WAY,
    State.ARRIVED: (Happening.APPOINTMENT, Happening.CLOSED, Happening.DROPPED_OUT),
    State.CLOSED: (Happening.REOPENED,),
    State.REFUSED: (Happening.REOPENED,),
    State.DROPPED_OUT: (Happening.REOPENED,),
    State.UNKNOWN: (Happening.REOPENED, Happening.ARRIVED, Happening.CLOSED),
}
_ANSWERS = (
    Happening.ACCEPTED,
    Happening.UNDER_STUDY,
    Happening.REFUSED,
    Happening.WAITING_LIST,
    Happening.APPOINTMENT,
    Happening.ARRIVED,
    Happening.CLOSED,
)
#: What a partner may answer; nothing any more once it is over, except when we gave up waiting.
PARTNER: Mapping[str, tuple[Happening, ...]] = {
    State.CONTACTED: _ANSWERS,
    State.WAITING_LIST: _ANSWERS,
    State.APPOINTMENT: _ANSWERS,
    State.ARRIVED: (Happening.APPOINTMENT, Happening.CLOSED),
    State.UNKNOWN: _ANSWERS,
}
_TELLS = (Happening.REACHED, Happening.NOT_YET, Happening.FAILED)
#: What a visitor may tell at the counter.
VISITOR: Mapping[str, tuple[Happening, ...]] = {
    State.CONTACTED: _TELLS,
    State.WAITING_LIST: _TELLS,
    State.APPOINTMENT: _TELLS,
}
MAY: Mapping[str, Mapping[str, tuple[Happening, ...]]] = {
    Source.TEAM: TEAM,
    Source.PARTNER: PARTNER,
    Source.VISITOR: VISITOR,
}


def may_follow(state: str, source: str) -> tuple[Happening, ...]:
    """What this source may say of a referral in this state, in the order of the page."""
    return MAY[source].get(state, ())


class Step(Protocol):
    """What the course reads of a step."""

    what: str
    reason: str
    source: str
    at: dt.datetime
    appointment_at: dt.datetime | None
    appointment_place: str
    ask_for: str


@dataclass(frozen=True)
class Standing:
    """Where a referral stands; its fields are those of the model with the same name."""

    state: str = State.PROPOSED.value
    state_at: dt.datetime | None = None
    reason: str = ""
    contacted_at: dt.datetime | None = None
    answer: str = ""
    answered_at: dt.datetime | None = None
    appointment_at: dt.datetime | None = None
    appointment_place: str = ""
    ask_for: str = ""
    outcome_known_at: dt.datetime | None = None
    reminded_at: dt.datetime | None = None
    silent_at: dt.datetime | None = None


def standing_after(steps: Iterable[Step]) -> Standing:
    """Read the steps from the first to the last; those that were struck out are not given."""
    now = Standing()
    for step in steps:
        now = _after(now, step)
    return now


def _after(now: Standing, step: Step) -> Standing:
    state = _state_after(now, step)
    if state != now.state or now.state_at is None:
        now = replace(now, state=state, state_at=step.at, reason=step.reason)
    if step.what == Happening.REOPENED:
        now = replace(now, reason="", answer="", answered_at=None, reminded_at=None, silent_at=None)
    elif state not in {State.CLOSED, State.REFUSED, State.DROPPED_OUT}:
        now = replace(now, reason="")
    elif step.what in LEADS_TO:
        # "Niet voor ons", and afterwards the exact reason.
        now = replace(now, reason=step.reason)
    if step.what == Happening.CONTACTED and now.contacted_at is None:
        now = replace(now, contacted_at=step.at)
    if step.what == Happening.APPOINTMENT:
        now = replace(
            now,
            appointment_at=step.appointment_at,
            appointment_place=step.appointment_place,
            ask_for=step.ask_for,
        )
    if step.source == Source.PARTNER:
        now = replace(now, answered_at=now.answered_at or step.at, answer=step.what)
    if step.what == Happening.REMINDED:
        now = replace(now, reminded_at=step.at)
    if step.what == Happening.SILENT:
        now = replace(now, silent_at=step.at)
    known = now.state in KNOWN
    return replace(now, outcome_known_at=(now.outcome_known_at or step.at) if known else None)


def _state_after(now: Standing, step: Step) -> str:
    if step.what == Happening.REOPENED:
        return State.CONTACTED if now.contacted_at else State.PROPOSED
    if step.what in {Happening.ACCEPTED, Happening.UNDER_STUDY} and now.state == State.UNKNOWN:
        # We had given up waiting, and here they are.
        return State.CONTACTED
    return LEADS_TO.get(step.what, State(now.state)).value
