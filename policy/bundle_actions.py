"""Structural signals: bundling, wording, who carries it, how it moves, and what was answered.

Every verb is atomic, audited, and safe to send twice. A move is a step; where it stands is read
again from its steps (`course`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from forms_help.models import Theme
from places.models import Stek
from policy.course import ANSWERABLE, may_be_bundled, may_follow
from policy.models import Bundle, BundleStep, Signal
from policy.models.bundle import LONGEST_TITLE
from policy.states import REASONS_OF, Move, Phase, VoidReason
from policy.steps import ChangedMeanwhile, NotNow, add, held, keep, settle


@dataclass(frozen=True)
class Wording:
    """What a structural signal says."""

    title: str
    problem: str = ""
    proposal: str = ""
    theme: Theme | None = None


@transaction.atomic
def bundle_signals(pks: Iterable[int], *, stek: Stek, request_id: UUID, by: User) -> Bundle:
    """Make one structural signal of these; it starts with the words of the first.

    The same key again gives the one that is there. Raises `NotNow` when one of them is bundled
    already, or not there.
    """
    if (there := Bundle.objects.made_by_request(request_id)) is not None:
        if there.stek_id != stek.pk:
            raise NotNow
        return there
    signals = _held(stek, pks)
    first = signals[0]
    bundle: Bundle = Bundle.objects.create(
        stek=stek,
        theme=_commonest(signals),
        title=_shortened(first.bottleneck),
        problem=first.bottleneck,
        proposal=next((one.proposal for one in signals if one.proposal), ""),
        phase_at=timezone.now(),
        request_id=request_id,
        created_by=by,
    )
    add(bundle, Move.BUNDLED, by=by)
    settle(bundle)
    _put_in(signals, bundle, by=by)
    record("bundle_signals", on=bundle, by=by)
    return bundle


@transaction.atomic
def add_to_bundle(pks: Iterable[int], *, bundle: Bundle, by: User) -> Bundle:
    """Put these in one that is there; those that are in it already stay.

    Raises `NotNow` when one of them is in another, or the structural signal was struck out.
    """
    bundle = Bundle.objects.locked(bundle.pk)
    if bundle.is_voided:
        raise NotNow
    signals = _held(bundle.stek, pks, but=bundle)
    if signals:
        _put_in(signals, bundle, by=by)
        record("bundle_signals", on=bundle, by=by)
    return bundle


def _held(stek: Stek, pks: Iterable[int], *, but: Bundle | None = None) -> list[Signal]:
    wanted = set(pks)
    signals = list(Signal.objects.select_related("theme").held_of(stek, wanted))
    if not wanted or len(signals) != len(wanted):
        raise NotNow
    loose = [one for one in signals if but is None or one.bundle_id != but.pk]
    if not all(may_be_bundled(one.phase) for one in loose):
        raise NotNow
    return loose


def _put_in(signals: Iterable[Signal], bundle: Bundle, *, by: User) -> None:
    for signal in signals:
        signal.phase, signal.reason, signal.bundle = Phase.BUNDLED, "", bundle
        _place(signal, by=by)


def _place(signal: Signal, *, by: User) -> None:
    signal.sorted_at, signal.sorted_by = timezone.now(), by
    signal.version += 1
    signal.save()


def _commonest(signals: Iterable[Signal]) -> Theme | None:
    themes = Counter(one.theme for one in signals if one.theme)
    return themes.most_common(1)[0][0] if themes else None


def _shortened(text: str) -> str:
    """The start of a sentence as a title, cut between two words."""
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0][: LONGEST_TITLE - 1] + "…"


@transaction.atomic
def take_out(signal: Signal, *, by: User) -> Signal:
    """Back among the loose ones; a second time nothing changes."""
    signal = Signal.objects.locked(signal.pk)
    if signal.bundle is None:
        return signal
    bundle = signal.bundle
    _let_go(signal, by=by)
    record("take_out", on=bundle, by=by)
    return signal


def _let_go(signal: Signal, *, by: User) -> None:
    signal.phase, signal.bundle, signal.example = Phase.COLLECTED, None, ""
    _place(signal, by=by)


@transaction.atomic
def word_bundle(bundle: Bundle, *, wording: Wording, version: int, by: User) -> Bundle:
    """Say it in other words. Raises `ChangedMeanwhile` when somebody else was first."""
    current = Bundle.objects.with_words().locked(bundle.pk)
    names = Wording.__dataclass_fields__
    changed = [name for name in names if getattr(current, name) != getattr(wording, name)]
    if not changed:
        return current
    if current.version != version:
        raise ChangedMeanwhile(current)
    for name in changed:
        setattr(current, name, getattr(wording, name))
    record("word_bundle", on=current, by=by, fields=changed)
    return keep(current, *changed)


@transaction.atomic
def assign(bundle: Bundle, *, owner: User | None, by: User) -> Bundle:
    """Say who carries it on; None when nobody does any more. The same again changes nothing."""
    bundle = Bundle.objects.locked(bundle.pk)
    if bundle.owner_id == (owner.pk if owner else None) or bundle.is_voided:
        return bundle
    bundle.owner, bundle.owner_since = owner, timezone.now() if owner else None
    record("assign_bundle", on=bundle, by=by, fields=["owner"])
    return keep(bundle, "owner", "owner_since")


@transaction.atomic
def move_bundle(
    bundle: Bundle,
    *,
    what: Move,
    version: int,
    by: User,
    reason: str = "",
    recipient: str = "",
    day: dt.date | None = None,
    request_id: UUID | None = None,
) -> Bundle:
    """Note what was done; the same key again changes nothing.

    Raises `ChangedMeanwhile` when it was changed since `version`, `NotNow` when that can't follow
    from here; a missing reason, recipient or day is a mistake of the caller.
    """
    if request_id and BundleStep.objects.made_by_request(request_id):
        return Bundle.objects.get(pk=bundle.pk)
    bundle = held(bundle, version)
    if what not in may_follow(bundle.phase):
        raise NotNow
    assert what not in REASONS_OF or reason in REASONS_OF[what]
    assert (what == Move.HANDED_ON) == bool(recipient) == (day is not None)
    add(bundle, what, by=by, reason=reason, recipient=recipient, day=day, request_id=request_id)
    settle(bundle)
    record("move_bundle", on=bundle, by=by, fields=["phase"])
    return bundle


@transaction.atomic
def strike_step(step: BundleStep, *, version: int, by: User) -> Bundle:
    """Put the last step right by taking it away; it stands as before it.

    Bundling itself is not taken back like this, nor handing on while there is an answer: raises
    `NotNow`, as for an earlier step.
    """
    bundle = held(step.bundle, version)
    last = BundleStep.objects.of_bundle(bundle).kept().last()
    if last is None or last.pk != step.pk or last.what == Move.BUNDLED:
        raise NotNow
    last.struck_at, last.struck_by = timezone.now(), by
    last.save(update_fields=["struck_at", "struck_by"])
    settle(bundle)
    record("correct_bundle", on=bundle, by=by, fields=["phase"])
    return bundle


@transaction.atomic
def note_answer(bundle: Bundle, *, answer: str, day: dt.date, version: int, by: User) -> Bundle:
    """What the recipient answered; who reported sees it from now on, and again when it changes.

    The first answer after handing on is its decision.
    """
    current = Bundle.objects.with_words().locked(bundle.pk)
    if (current.answer, current.answered_on) == (answer, day):
        return current
    if current.version != version:
        raise ChangedMeanwhile(current)
    if current.phase not in ANSWERABLE or current.is_voided:
        raise NotNow
    current.answer, current.answered_on = answer, day
    current.answer_at, current.answer_by = timezone.now(), by
    keep(current, "answer", "answered_on", "answer_at", "answer_by")
    if current.phase == Phase.HANDED_ON:
        add(current, Move.DECISION, by=by)
        settle(current)
    record("answer_bundle", on=current, by=by, fields=["answer", "answered_on"])
    return current


@transaction.atomic
def drop_answer(bundle: Bundle, *, version: int, by: User) -> Bundle:
    """It was no answer, or not to this; nobody sees it any more."""
    current = held(bundle, version)
    if not current.answer:
        return current
    current.answer, current.answered_on = "", None
    current.answer_at = current.answer_by = None
    record("drop_answer", on=current, by=by, fields=["answer", "answered_on"])
    return keep(current, "answer", "answered_on", "answer_at", "answer_by")


@transaction.atomic
def void_bundle(bundle: Bundle, *, reason: VoidReason, by: User) -> Bundle:
    """Strike it out; its signals are loose again. A second time nothing changes."""
    bundle = Bundle.objects.locked(bundle.pk)
    if bundle.is_voided:
        return bundle
    pks = Signal.objects.of_bundle(bundle).values_list("pk", flat=True)
    for signal in Signal.objects.held_of(bundle.stek, list(pks)):
        _let_go(signal, by=by)
    bundle.voided_at, bundle.voided_by, bundle.void_reason = timezone.now(), by, reason
    record("void_bundle", on=bundle, by=by)
    return keep(bundle, "voided_at", "voided_by", "void_reason")
