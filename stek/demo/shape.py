"""How large an invented STEK is and how busy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """Customers per opening follow from the active households and how often they come back."""

    #: Households with access today, and all that ever had a number.
    active: int
    ever: int
    #: Visits without a name, and visits with a question, at one opening.
    others: float
    questions: float
    #: How far back the openings go, and on which days (Monday is 0).
    weeks: int
    weekdays: tuple[int, ...] = (1, 3)
    #: Households on top of `ever` that left before: in the book, in no list of visits.
    gone_before: int = 0


DEMO = Shape(active=72, ever=160, others=8, questions=6, weeks=78)
#: The second STEK of the demo set: there to show that each sees its own.
SMALL = Shape(active=12, ever=15, others=2, questions=1, weeks=10, weekdays=(2,))
BUSY = Shape(active=210, ever=700, others=20, questions=12, weeks=261)
#: One of the 90 STEKs of the network.
NETWORK_STEK = Shape(active=144, ever=500, others=8, questions=10, weeks=261)
