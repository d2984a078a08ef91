"""Writing a note on a week, freezing its figures, reopening it, and choosing the mail on Monday."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Membership, User
from places.models import Stek
from reviews.kinds import ReopenReason
from reviews.models import WeekMail, WeekReview


class ReviewedMeanwhile(Exception):
    """A colleague wrote the note, or reviewed the week, first; `current` is how it stands now."""

    def __init__(self, current: WeekReview | None) -> None:
        self.current = current
        super().__init__("reviewed meanwhile")


@dataclass(frozen=True)
class Written:
    """What the form of a week says; `version` is the review that the page showed, 0 for none."""

    stek: Stek
    monday: dt.date
    note: str
    version: int
    request_id: UUID


@transaction.atomic
def note_week(written: Written, *, by: User) -> WeekReview:
    """Keep the note; sent twice, it is kept once. Raises `ReviewedMeanwhile`."""
    review = _live(written)
    if review is not None and _is_same(review, written) and not review.is_reviewed:
        return review
    return _save(written, review, {}, "note_week", by=by)


@transaction.atomic
def review_week(
    written: Written, *, figures: Mapping[str, Any], definitions: int, by: User
) -> WeekReview:
    """Keep the note and freeze these figures; sent twice by one person, it is done once.

    Raises `ReviewedMeanwhile` when a colleague was first.
    """
    review = _live(written)
    if review is not None and review.is_reviewed:
        if review.reviewed_by_id == by.pk and review.note == written.note:
            return review
        raise ReviewedMeanwhile(review)
    values = {
        "figures": dict(figures),
        "definitions": definitions,
        "reviewed_at": timezone.now(),
        "reviewed_by": by,
    }
    return _save(written, review, values, "review_week", by=by)


def _save(
    written: Written, review: WeekReview | None, values: dict[str, Any], verb: str, *, by: User
) -> WeekReview:
    if review is None:
        return _create(written, values, verb, by=by)
    if review.version != written.version or review.is_reviewed:
        raise ReviewedMeanwhile(review)
    for name, value in {**values, "note": written.note}.items():
        setattr(review, name, value)
    review.version += 1
    review.save(update_fields=[*values, "note", "version"])
    record(verb, on=review, by=by, fields=["note"])
    return review


def _create(written: Written, values: dict[str, Any], verb: str, *, by: User) -> WeekReview:
    rows = WeekReview.objects.of_stek(written.stek).of_week(written.monday)
    if written.version or WeekReview.objects.made_by_request(written.request_id) is not None:
        raise ReviewedMeanwhile(rows.live().first())
    try:
        with transaction.atomic():
            review: WeekReview = WeekReview.objects.create(
                stek=written.stek,
                week=written.monday,
                number=rows.count() + 1,
                note=written.note,
                request_id=written.request_id,
                **values,
            )
    except IntegrityError:
        raise ReviewedMeanwhile(rows.live().with_names().first()) from None
    record(verb, on=review, by=by, fields=["note"])
    return review


def _live(written: Written) -> WeekReview | None:
    rows = WeekReview.objects.of_stek(written.stek).of_week(written.monday).live()
    found: WeekReview | None = rows.held().select_related("reviewed_by").first()
    return found


def _is_same(review: WeekReview, written: Written) -> bool:
    """The same form again, or a note that already stands there."""
    sent_before = review.version == written.version or review.request_id == written.request_id
    return sent_before and review.note == written.note


@transaction.atomic
def reopen_week(review: WeekReview, *, reason: ReopenReason, by: User) -> WeekReview:
    """Go on with a week that was reviewed: what was frozen stays, and a new review comes beside it.

    The same week reopened twice gives the review that is there.
    """
    review = WeekReview.objects.locked(review.pk)
    rows = WeekReview.objects.of_stek(review.stek).of_week(review.week)
    if review.reopened_at is not None or not review.is_reviewed:
        found: WeekReview = rows.live().first() or review
        return found
    review.reopened_at, review.reopened_by = timezone.now(), by
    review.reopen_reason = reason
    review.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    record("reopen_week", on=review, by=by)
    again: WeekReview = WeekReview.objects.create(
        stek=review.stek, week=review.week, number=review.number + 1, note=review.note
    )
    return again


@transaction.atomic
def choose_mail(membership: Membership, *, wanted: bool, by: User) -> WeekMail:
    """Get the mail on Monday, or not any more."""
    values = {"wanted": wanted, "chosen_at": timezone.now()}
    choice, _made = WeekMail.objects.update_or_create(membership=membership, defaults=values)
    record("choose_mail", on=choice, by=by, stek_id=membership.stek_id)
    return choice
