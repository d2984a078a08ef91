"""Leren: activities, and how many took part."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.counted import Tally
from reports.counting.grouping import Parts, figures, grouped, listed
from visits import tallies
from visits.models import Activity
from visits.period import Period
from visits.tallies import ActivityTally

#: Who organises, when it is no partner.
ITSELF = gettext_lazy("de STEK zelf")


def count(parts: Parts, period: Period) -> Mapping[int, Mapping[str, Tally]]:
    """One query."""
    rows = tallies.activities(parts, period.first, period.last)
    return {part: _tables(some) for part, some in listed(rows, parts).items()}


def _tables(rows: list[ActivityTally]) -> Mapping[str, Tally]:
    kinds = dict(Activity.Kind.choices)
    return {
        "learn": figures(
            {"activities": _("activiteiten"), "participants": _("deelnemers")},
            {
                "activities": sum(row.activities for row in rows),
                "participants": sum(row.participants for row in rows),
            },
        ),
        "activities_kind": grouped(
            "activities_kind", ((row.kind, kinds[row.kind], row.activities) for row in rows)
        ),
        "participants_kind": grouped(
            "participants_kind", ((row.kind, kinds[row.kind], row.participants) for row in rows)
        ),
        "participants_organiser": grouped(
            "participants_organiser",
            ((_organiser(row), row.organiser or ITSELF, row.participants) for row in rows),
        ),
    }


def _organiser(row: ActivityTally) -> str:
    """The row of a partner, or of the STEK itself; one of them may have that name."""
    return f"partner:{row.organiser.casefold()}" if row.organiser else "stek"
