"""Koffie & Formulieren: papers, themes, questions and what follows."""

import datetime as dt
from typing import Any

from accounts.roles import Role
from forms_help.models import Document, FollowUp, HelpType, Question, Theme
from forms_help.outcomes import Outcome
from places.models import Stek
from tests.factories.accounts import user
from tests.factories.moments import today
from visits.models import Visit


def document(stek: Stek, name: str = "loonbrief", **fields: Any) -> Document:
    return Document.objects.create(stek=stek, name=name, **fields)


def theme(stek: Stek, name: str = "wonen en huur", **fields: Any) -> Theme:
    return Theme.objects.create(stek=stek, name=name, **fields)


def help_type(stek: Stek, name: str = "brief uitgelegd", **fields: Any) -> HelpType:
    return HelpType.objects.create(stek=stek, name=name, **fields)


def question(visit: Visit | None, theme: Theme | None = None, **fields: Any) -> Question:
    """A question that was handled; a chat when no theme is given. Without a visit: `opening`."""
    values: dict[str, Any] = {
        "opening": visit.opening if visit else None,
        "visit": visit,
        "theme": theme,
        "is_chat": theme is None,
        "outcome": Outcome.HANDLED,
        "helper_role": Role.HELPER,
        "created_by": fields.pop("by", None) or user(),
    }
    help_types = fields.pop("help_types", ())
    row = Question.objects.create(**(values | fields))
    row.help_types.set(help_types)
    return row


def follow_up(question: Question, **fields: Any) -> FollowUp:
    """Papers to bring tomorrow, for whoever sits at the table."""
    visit = question.visit
    documents = fields.pop("documents", ())
    values: dict[str, Any] = {
        "stek_id": question.opening.stek_id,
        "household_id": visit.household_id if visit else None,
        "kind": FollowUp.Kind.PAPERS,
        "for_role": Role.HELPER,
        "due": today() + dt.timedelta(days=1),
        "created_by": question.created_by,
    }
    row = FollowUp.objects.create(question=question, **(values | fields))
    row.documents.set(documents)
    return row
