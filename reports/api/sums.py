"""The sum over all STEKs of a consumer: a number only where every STEK has one that is shown."""

from typing import Any

from django.utils.translation import gettext as _

from places.models import Stek
from reports.across.several import from_frozen
from reports.api.figures import (
    SCHEMA,
    log_reading,
    period_json,
    readable,
    row_json,
    stek_json,
    table_json,
)
from reports.catalogue import Shape
from reports.kinds import Kind
from reports.models import Consumer
from reports.report import Cell, Table
from visits.days import local_day
from visits.period import Period


def the_sum(consumer: Consumer, period: Period, kind: Kind) -> dict[str, Any] | None:
    """None while no STEK of this consumer froze it. The latest version of each STEK counts."""
    steks = list(Stek.objects.filter(consumers=consumer).order_by("slug"))
    rows = readable(consumer).of_report(kind.key, period.key).defer("figures", "shown")
    latest = {row.stek_id: row for row in rows.reverse()}
    several = from_frozen(kind, steks, period)
    if several.report is None:
        return None
    log_reading(consumer, [stek for stek in steks if stek.pk in latest])
    used = [latest[stek.pk] for stek in steks if stek.pk in latest]
    versions = {row.definitions_version for row in used}
    why_none = "missing" if several.missing else "definitions" if len(versions) > 1 else None
    return {
        "schema": SCHEMA,
        "period": period_json(period),
        "report": kind.key,
        "title": str(kind.name),
        "complete": not several.missing,
        "steks": [
            {
                **stek_json(row.stek),
                "version": row.version,
                "definitions_version": row.definitions_version,
                "frozen_on": local_day(row.made_at).isoformat(),
            }
            for row in used
        ],
        "missing": [stek_json(stek) for stek in several.missing],
        "note": _("Een huishouden dat naar twee STEKs gaat, telt in elk van beide mee."),
        "tables": [_table(table, why_none) for table in several.report.tables],
        "definitions": dict(several.report.definitions),
    }


def _table(table: Table, why_none: str | None) -> dict[str, Any]:
    """The last column of what is put together is the sum."""
    if table.shape is Shape.MEAN:
        why_none = why_none or "mean"
    return {
        **table_json(table),
        "rows": [{**row_json(row), **_cell(row.cells[-1], why_none)} for row in table.rows],
        "total": None if table.total is None else _cell(table.total[-1], why_none),
    }


def _cell(cell: Cell, why_none: str | None) -> dict[str, Any]:
    if why_none is None:
        why_none = "hidden" if cell.hidden else "nothing" if cell.number is None else None
    return {"value": None if why_none else cell.number, "reason": why_none}
