"""Questions at the table, what is still to do, and the lists that describe them."""

from forms_help.models.follow_up import FollowUp
from forms_help.models.lists import Document, DocumentName, HelpType, ListItem, Theme
from forms_help.models.question import Question, QuestionDraft

__all__ = [
    "Document",
    "DocumentName",
    "FollowUp",
    "HelpType",
    "ListItem",
    "Question",
    "QuestionDraft",
    "Theme",
]
