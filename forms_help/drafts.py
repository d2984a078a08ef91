"""What somebody had filled in and not saved yet: kept for a day, for that person only.

Not in the log: a draft changes nothing but the next page of who typed it.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from forms_help.models import Question, QuestionDraft
from forms_help.notes import holds_account_number
from places.sensitive import holds_national_number
from visits.models import Opening, Visit

#: The fields that are kept; keys and the form's own secret are not.
KEPT = (
    "theme", "help_types", "outcome", "unmet_reason", "minutes", "note", "documents", "what",
    "for_whom", "due",
)  # fmt: skip
#: Of these, what somebody wrote.
TEXTS = frozenset({"what", "note"})
#: What is kept of no question that a partner helped with, and so of no draft either.
NOT_OF_PARTNERS = frozenset({"help_types", "minutes", "note", "what"})
#: More than this is no half-filled question.
MOST_LETTERS = 4000

Fields = Mapping[str, list[str]]


def keep_draft(
    *,
    fields: Fields,
    opening: Opening,
    visit: Visit | None,
    by: User,
    key: str = "",
    for_partner: bool = False,
) -> None:
    """Replace the draft of this person about this visitor; too much text is not kept.

    A text with a national or account number is left out: those are kept nowhere, not for a day.
    `key` is the form's own: what came late, after that form was saved, is no draft any more.
    """
    if Question.objects.of_user(by).with_key(key).exists():
        return
    # PostgreSQL takes no NUL.
    sent = {name: [value.replace("\0", "") for value in fields.get(name, ())] for name in KEPT}
    if for_partner:
        sent = {name: values for name, values in sent.items() if name not in NOT_OF_PARTNERS}
    if sum(len(value) for values in sent.values() for value in values) > MOST_LETTERS:
        return
    kept = {
        name: values for name, values in sent.items() if any(values) and _may_stay(name, values)
    }
    QuestionDraft.objects.update_or_create(
        user=by,
        opening=opening,
        visit=visit,
        defaults={"fields": kept, "saved_at": timezone.now()},
    )


def _may_stay(name: str, values: list[str]) -> bool:
    return name not in TEXTS or not any(
        holds_national_number(value) or holds_account_number(value) for value in values
    )


def forget_draft(*, opening: Opening, visit: Visit | None, by: User) -> None:
    """The question was saved, or is not wanted any more."""
    QuestionDraft.objects.of_user(by).for_place(opening, visit).delete()


def drop_old_drafts(now: dt.datetime) -> int:
    """Remove what stood there for a day; how many."""
    old = now - dt.timedelta(days=1)
    return QuestionDraft.objects.saved_before(old).delete()[0]
