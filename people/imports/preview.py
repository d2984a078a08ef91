"""What the page shows of a draft: its columns, its referrers, and a page of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.core.paginator import Page, Paginator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.imports.drafts import Draft
from people.imports.plan import Plan, PlannedRow, Verdict

ROWS_ON_A_PAGE = 100
EXAMPLES = 3


class Show(TextChoices):
    """Which rows the page shows; the values stand in the address."""

    ALL = "alle", _("Alle rijen")
    PROBLEMS = "problemen", _("Met een probleem")
    DOUBTFUL = "dubbels", _("Lijken dubbel")


@dataclass(frozen=True)
class Tab:
    """One choice of rows, with how many there are."""

    show: Show
    count: int
    here: bool


@dataclass(frozen=True)
class Spellings:
    """A referrer, and the ways in which the list writes it."""

    name: str
    count: int
    written: tuple[str, ...]


def rows_shown(plan: Plan, show: str) -> list[PlannedRow]:
    if show == Show.PROBLEMS:
        return plan.problems
    return plan.doubtful if show == Show.DOUBTFUL else list(plan.rows)


def page_of(plan: Plan, *, show: str, number: str) -> Page:
    """Return a page of rows; a number that makes no sense gives the nearest page."""
    return Paginator(rows_shown(plan, show), ROWS_ON_A_PAGE).get_page(number)


def tabs(plan: Plan, show: str) -> list[Tab]:
    return [Tab(one, len(rows_shown(plan, one)), one == show) for one in Show]


def spellings(plan: Plan) -> list[Spellings]:
    """Gather how the rows that are read in write their referrer, the most frequent first."""
    written: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for row in plan.with_verdict(Verdict.NEW, Verdict.SKIPPED):
        values = row.values
        if values is None or not values.referrer:
            continue
        written.setdefault(values.referrer, {})[values.referrer_as_written] = None
        counts[values.referrer] = counts.get(values.referrer, 0) + 1
    found = (Spellings(name, counts[name], tuple(ways)) for name, ways in written.items())
    return sorted(found, key=lambda one: -one.count)


def examples(draft: Draft, table: int, column: int) -> list[str]:
    """The first few different cells of a column, for who has to say what they are."""
    cells: Iterable[str] = (row.cells[column] for row in draft.tables.tables[table].rows)
    return list(islice(dict.fromkeys(cell for cell in cells if cell), EXAMPLES))
