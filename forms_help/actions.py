"""Noting a question and taking it back; every verb is atomic, audited, and safe to send twice."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Membership, User
from accounts.seeing import is_key_elsewhere
from forms_help.drafts import forget_draft, keep_draft
from forms_help.follow_up_actions import drop_with_question
from forms_help.models import Document, FollowUp, HelpType, Question, Theme
from forms_help.outcomes import Outcome, QuestionVoidReason
from people.actions import OtherBody
from places.purposes import Purpose
from visits import line_actions
from visits.actions import set_purpose
from visits.days import current_day
from visits.models import Opening, Visit


class VisitVoided(Exception):
    """The visit was struck out at the counter: a question can't belong to it."""


@dataclass(frozen=True)
class PlannedFollowUp:
    """What is still to do: `for_role` or `for_user`, one of them."""

    kind: str
    due: dt.date
    for_role: str = ""
    for_user_id: int | None = None
    what: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What somebody noted about one question; a chat has no theme."""

    outcome: str
    theme: Theme | None = None
    help_types: tuple[HelpType, ...] = ()
    unmet_reason: str = ""
    minutes: int | None = None
    note: str = ""
    follow_up: PlannedFollowUp | None = None
    #: Keep the visitor at the table for another question.
    again: bool = field(default=False, compare=False)

    @property
    def is_chat(self) -> bool:
        return self.theme is None

    def as_kept_by(self, membership: Membership) -> "Answer":
        """A partner keeps its own file: of its questions only theme and outcome are stored."""
        if membership.partner_id is None:
            return self
        return Answer(
            outcome=self.outcome,
            theme=self.theme,
            unmet_reason=self.unmet_reason,
            follow_up=self.follow_up,
            again=self.again,
        )


CHAT = Answer(outcome=Outcome.HANDLED)


def note_question(
    answer: Answer,
    *,
    opening: Opening,
    visit: Visit | None,
    request_id: UUID,
    membership: Membership,
    by: User,
) -> Question:
    """Enter a question of this visitor, or of somebody without a name when `visit` is None.

    The visit counts as one with a question from then on, and leaves the line. The same key gives
    the question that is there; with another body it raises `OtherBody`. A visit that was struck
    out raises `VisitVoided`.
    """
    answer = answer.as_kept_by(membership)
    try:
        with transaction.atomic():
            if visit is not None:
                visit = _kept(visit, by=by)
            question = _insert(answer, opening, visit, request_id, membership, by)
            if visit is not None:
                done = line_actions.hold if answer.again else line_actions.finish
                done(visit, by=by)
            forget_draft(opening=opening, visit=visit, by=by)
            record("note_question", on=question, by=by, stek_id=opening.stek_id)
            return question
    except IntegrityError as error:
        there = Question.objects.made_by_request(request_id)
        if there is None and is_key_elsewhere(error):
            raise OtherBody from None
        if there is None:
            raise
        if not _is_same(there, answer, opening, visit):
            raise OtherBody from None
        return there


@transaction.atomic
def void_question(question: Question, *, reason: QuestionVoidReason, by: User) -> Question:
    """Strike a question out; it stays, with the reason, and what was to follow up is dropped.

    Taken back by who just entered it, its fields wait as a draft to correct.
    """
    question = Question.objects.locked(question.pk)
    if question.is_voided:
        return question
    if reason == QuestionVoidReason.UNDONE and not question.is_chat:
        keep_draft(
            fields=_as_fields(question),
            opening=question.opening,
            visit=question.visit,
            by=by,
        )
    question.voided_at, question.voided_by = timezone.now(), by
    question.void_reason = reason
    question.note, question.note_until = "", None
    question.save(update_fields=["voided_at", "voided_by", "void_reason", "note", "note_until"])
    record(
        "void_question",
        on=question,
        by=by,
        stek_id=question.opening.stek_id,
        fields=["void_reason"],
    )
    drop_with_question(question, by=by)
    is_today = question.opening.day == current_day(timezone.now())
    if is_today and question.visit is not None and _was_the_only_one(question):
        line_actions.reopen(question.visit, by=by)
    return question


def _kept(visit: Visit, *, by: User) -> Visit:
    """The visit as it is now, held, and for a question."""
    if visit.for_question:
        visit = Visit.objects.locked(visit.pk)
    if not visit.for_question:
        visit = set_purpose(visit, purpose=Purpose.QUESTION, on=True, by=by)
    if visit.is_voided:
        raise VisitVoided
    return visit


def _insert(
    answer: Answer,
    opening: Opening,
    visit: Visit | None,
    request_id: UUID,
    membership: Membership,
    by: User,
) -> Question:
    stek = membership.stek
    question = Question(
        opening=opening,
        visit=visit,
        is_chat=answer.is_chat,
        theme=answer.theme,
        outcome=answer.outcome,
        unmet_reason=answer.unmet_reason,
        minutes=answer.minutes,
        note=answer.note,
        note_until=opening.day + dt.timedelta(days=stek.note_days) if answer.note else None,
        helper_role=membership.role,
        organisation_id=membership.partner_id,
        request_id=request_id,
        created_by=by,
    )
    question.save(force_insert=True)
    question.help_types.set(answer.help_types)
    if (planned := answer.follow_up) is not None:
        follow_up = FollowUp.objects.create(
            stek=stek,
            question=question,
            household_id=visit.household_id if visit else None,
            kind=planned.kind,
            what=planned.what,
            for_role=planned.for_role,
            for_user_id=planned.for_user_id,
            due=planned.due,
            created_by=by,
        )
        follow_up.documents.set(planned.documents)
    return question


def _is_same(there: Question, answer: Answer, opening: Opening, visit: Visit | None) -> bool:
    """Whether a form that came again says the same; what is to follow up may have moved since."""
    return (
        there.opening_id,
        there.visit_id,
        there.theme_id,
        there.outcome,
        there.unmet_reason,
        there.minutes,
        there.note,
        set(there.help_types.all()),
    ) == (
        opening.pk,
        visit.pk if visit else None,
        answer.theme.pk if answer.theme else None,
        answer.outcome,
        answer.unmet_reason,
        answer.minutes,
        answer.note,
        set(answer.help_types),
    )


def _was_the_only_one(question: Question) -> bool:
    assert question.visit is not None
    return not Question.objects.counted().of_visit(question.visit).exists()


def _as_fields(question: Question) -> dict[str, list[str]]:
    """The question as its form would send it."""
    fields = {
        "theme": [str(question.theme_id)],
        "help_types": [str(pk) for pk in question.help_types.values_list("pk", flat=True)],
        "outcome": [question.outcome],
        "unmet_reason": [question.unmet_reason],
        "minutes": [str(question.minutes or "")],
        "note": [question.note],
        **_follow_up_as_fields(question),
    }
    return {name: values for name, values in fields.items() if any(values)}


def _follow_up_as_fields(question: Question) -> dict[str, list[str]]:
    follow_up = FollowUp.objects.of_question(question).open().first()
    if follow_up is None:
        return {}
    user_id = follow_up.for_user_id
    return {
        "documents": [str(pk) for pk in follow_up.documents.values_list("pk", flat=True)],
        "what": [follow_up.what],
        "for_whom": [f"user-{user_id}" if user_id else f"role-{follow_up.for_role}"],
        "due": [follow_up.due.isoformat()],
    }
