"""The lines of the list of households that may be double: both, how sure, and why, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.duplicate import Reason
from people.models import DuplicatePair

PER_PAGE = 25
#: From so much on it is said to be likely, and almost certain.
LIKELY, ALMOST_CERTAIN = 85, 95


class Which(models.TextChoices):
    """The lists, as they stand in the address."""

    OPEN = "mogelijk", _("Misschien dubbel")
    APART = "apart", _("Niet dezelfde")
    MERGED = "samengevoegd", _("Pas samengevoegd")


@dataclass(frozen=True)
class PairLine:
    """One pair; `sure` is how sure it is, in words."""

    pair: DuplicatePair
    sure: str
    reasons: tuple[str, ...]


def lines_of(pairs: Iterable[DuplicatePair]) -> list[PairLine]:
    return [PairLine(pair, sure(pair.score), reasons_of(pair)) for pair in pairs]


def reasons_of(pair: DuplicatePair) -> tuple[str, ...]:
    """In words, as they were found."""
    return tuple(str(Reason(one).label) for one in pair.reasons if one in Reason.values)


def sure(score: int) -> str:
    if score >= ALMOST_CERTAIN:
        return str(_("bijna zeker"))
    return str(_("waarschijnlijk") if score >= LIKELY else _("misschien"))
