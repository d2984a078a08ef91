"""What the page of one structural signal shows."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Membership
from places.models import Partner
from policy.concerned import Concerned
from policy.course import ANSWERABLE, may_follow
from policy.models import Bundle, BundleStep, Signal
from policy.page import team_of
from policy.states import REASONS_OF, Move, Reason


@dataclass(frozen=True)
class Choice:
    """A step that may be noted now; `reasons` is empty when none is asked."""

    what: Move
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class BundlePage:
    """One structural signal: its signals, who it is about, what was done, what may be noted now."""

    bundle: Bundle
    signals: tuple[Signal, ...]
    steps: tuple[BundleStep, ...]
    concerned: Concerned
    choices: tuple[Choice, ...]
    team: tuple[Membership, ...]
    recipients: tuple[str, ...]
    me: int

    @classmethod
    def of(cls, bundle: Bundle, membership: Membership, *, now: dt.datetime) -> "BundlePage":
        """Six queries; `bundle` comes `with_words`."""
        today = timezone.localdate(now)
        moves = () if bundle.is_voided else may_follow(bundle.phase)
        return cls(
            bundle=bundle,
            signals=tuple(Signal.objects.of_bundle(bundle).select_related("theme", "noted_by")),
            steps=tuple(BundleStep.objects.of_bundle(bundle).select_related("by")),
            concerned=Concerned.of(bundle, today=today),
            choices=tuple(Choice(what, REASONS_OF.get(what, ())) for what in moves),
            team=tuple(team_of(membership.stek, today)),
            recipients=recipients_of(membership),
            me=membership.user_id,
        )

    @property
    def quick(self) -> list[Choice]:
        """Those that need no more than a tap."""
        return [one for one in self.choices if not one.reasons and one.what != Move.HANDED_ON]

    @property
    def reasoned(self) -> list[Choice]:
        return [one for one in self.choices if one.reasons]

    @property
    def may_hand_on(self) -> bool:
        return any(one.what == Move.HANDED_ON for one in self.choices)

    @property
    def may_answer(self) -> bool:
        return not self.bundle.is_voided and self.bundle.phase in ANSWERABLE

    @property
    def last_step(self) -> BundleStep | None:
        return next((one for one in reversed(self.steps) if one.struck_at is None), None)

    @property
    def can_strike_last(self) -> bool:
        """Whether the last step can be taken away; bundling itself can't."""
        last = self.last_step
        if last is None or last.what == Move.BUNDLED or self.bundle.is_voided:
            return False
        return not (last.what == Move.HANDED_ON and self.bundle.answer)


def recipients_of(membership: Membership) -> tuple[str, ...]:
    """To whom one usually hands on: the council of the town, and the partners."""
    town = membership.stek.town or membership.stek.name
    partners = Partner.objects.of_stek(membership.stek).in_use()
    council = (f"gemeente {town}", f"OCMW {town}")
    names = (*council, *(one.name for one in partners))
    return tuple(dict.fromkeys(names))
