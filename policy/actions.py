"""Noting a signal, taking it back, sorting it, rewording it, and reading what came of it.

Every verb is atomic, audited, and safe to send twice.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from forms_help.models import Question, Theme
from people.actions import OtherBody
from places.models import Stek
from policy.course import may_sort
from policy.models import Signal
from policy.states import REASONS_OF, Phase, VoidReason
from policy.steps import NotNow


class SignalChanged(Exception):
    """Somebody else reworded or moved this signal first; `current` is how it stands now."""

    def __init__(self, current: Signal) -> None:
        self.current = current
        super().__init__("changed meanwhile")


@dataclass(frozen=True)
class Words:
    """What somebody writes of a signal."""

    bottleneck: str
    proposal: str = ""
    theme: Theme | None = None
    with_visitors: bool = False


def note_signal(
    words: Words, *, stek: Stek, question: Question | None, request_id: UUID, by: User
) -> Signal:
    """Note a signal; the same key again gives the one that is there.

    Raises `OtherBody` for the same key with other content.
    """
    if (there := Signal.objects.made_by_request(request_id)) is not None:
        return _same(there, words, stek)
    try:
        with transaction.atomic():
            signal: Signal = Signal.objects.create(
                stek=stek,
                question=question,
                request_id=request_id,
                noted_at=timezone.now(),
                noted_by=by,
                **_columns(words),
            )
            record("note_signal", on=signal, by=by)
            return signal
    except IntegrityError as error:
        if (there := Signal.objects.made_by_request(request_id)) is not None:
            return _same(there, words, stek)
        if is_key_elsewhere(error):
            raise OtherBody from None
        raise


def _columns(words: Words) -> dict[str, Any]:
    return {name: getattr(words, name) for name in Words.__dataclass_fields__}


def _same(there: Signal, words: Words, stek: Stek) -> Signal:
    if there.stek_id != stek.pk or there.bottleneck != words.bottleneck:
        raise OtherBody
    return there


@transaction.atomic
def void_signal(signal: Signal, *, reason: VoidReason, by: User) -> Signal:
    """Strike it out, also of what bundles it; a second time nothing changes."""
    signal = Signal.objects.locked(signal.pk)
    if signal.is_voided:
        return signal
    signal.voided_at, signal.voided_by, signal.void_reason = timezone.now(), by, reason
    _keep(signal, "voided_at", "voided_by", "void_reason")
    record("void_signal", on=signal, by=by)
    return signal


@transaction.atomic
def sort_signal(signal: Signal, *, to: Phase, by: User, reason: str = "") -> Signal:
    """Keep it for later, put it aside with a reason, or put it back among the new ones.

    Raises `NotNow` for one that is bundled or struck out. Where it is already, nothing changes.
    """
    signal = Signal.objects.locked(signal.pk)
    if (signal.phase, signal.reason) == (to, reason) and not signal.is_voided:
        return signal
    if signal.is_voided or to not in may_sort(signal.phase):
        raise NotNow
    assert (to == Phase.NOT_RETAINED) == (reason in REASONS_OF[Phase.NOT_RETAINED])
    signal.phase, signal.reason = to, reason
    signal.sorted_at, signal.sorted_by = timezone.now(), by
    _keep(signal, "phase", "reason", "sorted_at", "sorted_by")
    record("sort_signal", on=signal, by=by, fields=["phase"])
    return signal


@transaction.atomic
def reword_signal(signal: Signal, *, words: Words, version: int, by: User) -> Signal:
    """Put other words: a name or something about one person goes.

    Raises `SignalChanged` when somebody else was first.
    """
    signal = Signal.objects.select_related("theme").locked(signal.pk)
    changed = [name for name, value in _columns(words).items() if getattr(signal, name) != value]
    if not changed:
        return signal
    if signal.version != version or signal.is_voided:
        raise SignalChanged(signal)
    for name in changed:
        setattr(signal, name, getattr(words, name))
    _keep(signal, *changed)
    record("reword_signal", on=signal, by=by, fields=changed)
    return signal


@transaction.atomic
def choose_example(signal: Signal, *, text: str, by: User) -> Signal:
    """Let it speak in the brief in these words, or, without words, not any more.

    Raises `NotNow` for one that is in no structural signal.
    """
    signal = Signal.objects.locked(signal.pk)
    if signal.bundle_id is None or signal.is_voided:
        raise NotNow
    if signal.example != text:
        signal.example = text
        _keep(signal, "example")
        record("signal_example", on=signal, by=by, fields=["example"])
    return signal


@transaction.atomic
def read_answer(signal: Signal, *, by: User) -> Signal:
    """Who noted it has seen what came of it, and of what else they noted about the same."""
    signal = Signal.objects.locked(signal.pk)
    now = timezone.now()
    if signal.bundle_id is not None:
        Signal.objects.of_bundle_by(signal.bundle_id, by).update(answer_read_at=now)
    signal.answer_read_at = now
    signal.save(update_fields=["answer_read_at"])
    record("read_answer", on=signal, by=by)
    return signal


def _keep(signal: Signal, *names: str) -> None:
    signal.version += 1
    signal.save(update_fields=[*names, "version"])
