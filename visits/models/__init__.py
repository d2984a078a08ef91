"""What happened: openings, who was on duty, who came, whose turn it was, activities, messages."""

from visits.models.activity import MOST_PARTICIPANTS, Activity
from visits.models.line import QueueTurn
from visits.models.message import Message
from visits.models.opening import Attendance, Opening
from visits.models.reply import TableReply
from visits.models.visit import UNDO, Visit

__all__ = [
    "MOST_PARTICIPANTS",
    "UNDO",
    "Activity",
    "Attendance",
    "Message",
    "Opening",
    "QueueTurn",
    "TableReply",
    "Visit",
]
