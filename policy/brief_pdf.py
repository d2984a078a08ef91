"""Makes the two pages for a council: a tagged PDF, with the same bytes for the same brief.

Every text is shortened to what there is room for (`policy.brief`); when all of them are long the
letters become smaller, and after that the last examples are left out, which the brief says.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from policy.brief import (
    MOST_ADDRESS_LINES,
    MOST_COUNTS,
    MOST_DEFINITION,
    MOST_EXAMPLE,
    MOST_EXAMPLES,
    MOST_LINE,
    MOST_MONTHS,
    MOST_QUESTIONS,
    MOST_TEXT,
    MOST_TITLE,
    Brief,
    BriefError,
)
from policy.printable import printable
from policy.typesetting import TypesetError, typeset

TEMPLATE = Path(__file__).with_name("paper") / "brief.typ"
#: Numbers above this would not fit above their bar; no STEK comes near.
MOST_NUMBER = 999_999
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def make_pdf(brief: Brief) -> bytes:
    """Exactly two pages of A4; raises BriefError when that does not work."""
    try:
        return typeset(TEMPLATE, _data(brief), day=brief.made_on)
    except TypesetError as error:
        raise BriefError(str(error)) from error


def _data(brief: Brief) -> dict[str, Any]:
    """As the template reads it: printable texts, dates in words, nothing else."""
    sender = brief.sender
    line = MOST_LINE
    return {
        "sender": {
            "name": printable(sender.name, line),
            "address": _lines(sender.address, MOST_ADDRESS_LINES, line),
            "reach": _lines((sender.contact, sender.phone, sender.email), 3, line),
        },
        "recipient": printable(brief.recipient, line),
        "title": printable(brief.title, MOST_TITLE) or "Signaal",
        "theme": printable(brief.theme, line),
        "problem": printable(brief.problem, MOST_TEXT),
        "proposal": printable(brief.proposal, MOST_TEXT),
        "since": _day(brief.since),
        "until": _day(brief.until),
        "made_on": _day(brief.made_on),
        "made": [brief.made_on.year, brief.made_on.month, brief.made_on.day],
        "counts": [
            {
                "label": printable(count.label, line),
                "number": _number(count.number),
                "definition": printable(count.definition, MOST_DEFINITION),
            }
            for count in brief.counts[:MOST_COUNTS]
        ],
        "months_label": printable(brief.months_label, line),
        "months": [
            {
                "name": MONTHS[month.first.month - 1],
                "year": str(month.first.year),
                "number": _number(month.number),
            }
            for month in brief.months[-MOST_MONTHS:]
        ],
        "examples": _lines(brief.examples, MOST_EXAMPLES, MOST_EXAMPLE),
        "more_examples": max(0, len(brief.examples) - MOST_EXAMPLES),
        "questions": _lines(brief.questions, MOST_QUESTIONS, line),
    }


def _lines(texts: tuple[str, ...], most: int, letters: int) -> list[str]:
    """The first ones that say something."""
    return [line for text in texts[:most] if (line := printable(text, letters))]


def _day(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _number(number: int | None) -> int | None:
    return None if number is None else max(0, min(number, MOST_NUMBER))
