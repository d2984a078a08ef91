"""What was decided on an item of the inbox, the review of a week, who wants mail about it."""

from reviews.models.decision import Decision
from reviews.models.mail import WeekMail
from reviews.models.review import MOST_LETTERS, WeekReview

__all__ = ["MOST_LETTERS", "Decision", "WeekMail", "WeekReview"]
