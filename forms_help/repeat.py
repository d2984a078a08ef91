"""Like the last time: the last question of this household, as the answer of today."""

from accounts.models import Membership
from accounts.roles import Role
from forms_help.actions import Answer, PlannedFollowUp
from forms_help.models import Document, FollowUp, Question
from forms_help.outcomes import OPEN_OUTCOMES, Outcome
from forms_help.table import LOOKED_BACK, next_opening
from visits.models import Opening, Visit


def last_question(membership: Membership, visit: Visit) -> Question | None:
    """At an earlier visit, as far as this role may see it, with a theme that is still in use."""
    if visit.household_id is None:
        return None
    rows = Question.objects.visible_to(membership).counted().of_household(visit.household_id)
    latest = rows.with_words()[:LOOKED_BACK]
    return next((one for one in latest if one.is_repeatable_at(visit)), None)


def _papers(question: Question) -> tuple[Document, ...]:
    """What was to be brought, as far as it is still in the list."""
    follow_up: FollowUp | None = getattr(question, "follow_up", None)
    if follow_up is None:
        return ()
    return tuple(one for one in follow_up.documents.all() if not one.retired)


def as_answer(question: Question, opening: Opening, *, membership: Membership) -> Answer:
    """Everything coded; never the note. What was to come back for is due at the next opening."""
    follow_up = None
    if question.outcome in OPEN_OUTCOMES:
        papers = question.outcome == Outcome.COME_BACK
        follow_up = PlannedFollowUp(
            kind=FollowUp.Kind.PAPERS if papers else FollowUp.Kind.TASK,
            due=next_opening(membership.stek, after=opening.day),
            for_role=Role.HELPER,
            documents=_papers(question),
        )
    return Answer(
        outcome=question.outcome,
        theme=question.theme,
        help_types=tuple(one for one in question.help_types.all() if not one.retired),
        unmet_reason=question.unmet_reason,
        minutes=question.minutes,
        follow_up=follow_up,
    )
