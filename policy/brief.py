"""What stands in the two pages for a municipality council; made into a PDF by `policy.brief_pdf`.

A count is None when it may not leave the house: "minder dan 5", or hidden to protect one that is
(`policy.small`). Nothing in here names anybody.
"""

import datetime as dt
from dataclasses import dataclass

#: What is printed of each text at most; a longer one ends at a whole word, with "…".
MOST_TITLE = 120
MOST_LINE = 120
MOST_TEXT = 600
MOST_EXAMPLE = 300
#: So many are printed, the first ones; the brief says how many more there are.
MOST_EXAMPLES = 5
MOST_COUNTS = 4
MOST_MONTHS = 12
MOST_ADDRESS_LINES = 3
MOST_QUESTIONS = 4
MOST_DEFINITION = 240

#: What the recipient fills in by hand, when nothing else is asked.
QUESTIONS = ("Wat beslist de gemeente?", "Wie volgt het op?", "Tegen wanneer?")


class BriefError(Exception):
    """The PDF could not be made; the view says so in a sentence, and nothing is lost."""


@dataclass(frozen=True)
class Sender:
    """The STEK, with its address in lines, and whom to ask: a function, no name of a person."""

    name: str
    address: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Count:
    """One number of the page, with what is counted and what is not in `definition`."""

    label: str
    number: int | None
    definition: str


@dataclass(frozen=True)
class MonthCount:
    """A bar of the chart; `first` is the first day of the month."""

    first: dt.date
    number: int | None


@dataclass(frozen=True)
class Brief:
    """Problem, how often, examples, proposal, and room for an answer.

    `since` and `until` are the first and the last day that are counted. `months_label` says what
    the bars count. `examples` are the words chosen for outside the house (`Signal.example`).
    """

    sender: Sender
    recipient: str
    title: str
    theme: str
    problem: str
    proposal: str
    since: dt.date
    until: dt.date
    made_on: dt.date
    counts: tuple[Count, ...] = ()
    months: tuple[MonthCount, ...] = ()
    months_label: str = "Vragen per maand"
    examples: tuple[str, ...] = ()
    questions: tuple[str, ...] = QUESTIONS
