"""What must not stay: old notes and texts, and everything about somebody who is erased."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from forms_help.models import FollowUp, Question, QuestionDraft
from forms_help.outcomes import DropReason
from people.models import Household
from places.models import Stek


@transaction.atomic
def forget_old_notes(now: dt.datetime) -> int:
    """Empty the notes whose last day has passed, and the texts of follow-ups long behind.

    A text stays as long as a note (a term of the STEK), counted from when it was closed or, when
    nobody closed it, from when it was due. Returns how many; the coded words stay.
    """
    today = timezone.localdate(now)
    notes = list(Question.objects.with_note_before(today).select_related("opening"))
    for question in notes:
        _forget_note(question, by=None)
    texts = [
        follow_up
        for stek in Stek.objects.all()
        for follow_up in FollowUp.objects.of_stek(stek)
        .with_text()
        .behind(now - dt.timedelta(days=stek.note_days))
    ]
    for follow_up in texts:
        _forget_text(follow_up, by=None)
    return len(notes) + len(texts)


@transaction.atomic
def forget_household(household: Household, *, by: User | None) -> None:
    """Notes, texts and drafts go, what was still to do is let go; theme and outcome stay.

    By the timer (`by` None), long after the last visit, nobody lets go: what is left of a
    follow-up that nobody closed is taken away.
    """
    for question in Question.objects.of_household(household.pk).with_note():
        _forget_note(question, by=by)
    for follow_up in FollowUp.objects.of_household(household.pk).with_text():
        _forget_text(follow_up, by=by)
    now = timezone.now()
    for follow_up in FollowUp.objects.of_household(household.pk).open():
        if by is None:
            record("forget_follow_up", on=follow_up, by=None)
            follow_up.delete()
            continue
        follow_up.dropped_at, follow_up.dropped_by = now, by
        follow_up.drop_reason = DropReason.NOT_NEEDED
        follow_up.save(update_fields=["dropped_at", "dropped_by", "drop_reason"])
        record("follow_up_drop", on=follow_up, by=by, fields=["drop_reason"])
    QuestionDraft.objects.of_household(household.pk).delete()


def _forget_note(question: Question, *, by: User | None) -> None:
    question.note, question.note_until = "", None
    question.save(update_fields=["note", "note_until"])
    record("forget_note", on=question, by=by, stek_id=question.opening.stek_id, fields=["note"])


def _forget_text(follow_up: FollowUp, *, by: User | None) -> None:
    follow_up.what = ""
    follow_up.save(update_fields=["what"])
    record("forget_follow_up", on=follow_up, by=by, fields=["what"])
