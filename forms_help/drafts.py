"""What somebody had filled in and not saved yet: kept for a day, for that person only.

Not in the log: a draft changes nothing but the next page of who typed it.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from forms_help.models import Question, QuestionDraft
from visits.models import Opening, Visit

#: The fields that are kept; keys and the form's own secret are not.
KEPT = (
    "theme", "help_types", "outcome", "unmet_reason", "minutes", "note", "documents", "what",
    "for_whom", "due",
)  # fmt: skip
#: More than this is no half-filled question.
MOST_LETTERS = 4000

Fields = Mapping[str, list[str]]


def keep_draft(
    *, fields: Fields, opening: Opening, visit: Visit | None, by: User, key: str = ""
) -> None:
    """Replace the draft of this person about this visitor; too much text is not kept.

    `key` is the form's own: what came late, after that form was saved, is no draft any more.
    """
    if Question.objects.of_user(by).with_key(key).exists():
        return
    kept = {name: fields[name] for name in KEPT if any(fields.get(name, ()))}
    if sum(len(value) for values in kept.values() for value in values) > MOST_LETTERS:
        return
    QuestionDraft.objects.update_or_create(
        user=by,
        opening=opening,
        visit=visit,
        defaults={"fields": kept, "saved_at": timezone.now()},
    )


def forget_draft(*, opening: Opening, visit: Visit | None, by: User) -> None:
    """The question was saved, or is not wanted any more."""
    QuestionDraft.objects.of_user(by).for_place(opening, visit).delete()


def drop_old_drafts(now: dt.datetime) -> int:
    """Remove what stood there for a day; how many."""
    old = now - dt.timedelta(days=1)
    return QuestionDraft.objects.saved_before(old).delete()[0]
