"""What the API tells of frozen reports: their list, and one of them, as plain JSON values.

Only what was made for others is read here, and of it only what was shown. How many a mean is of
stays out: with the mean of all it would tell how many stand behind a hidden one.
"""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.audit import record_read
from places.models import Stek
from reports import definitions
from reports.api.filters import SHARED, Wanted
from reports.catalogue import SPECS, Measure
from reports.consumers.lines import READ, read_today
from reports.kinds import Kind
from reports.models import Consumer, Snapshot
from reports.report import Cell, Report, Row, Table
from reports.taking.querysets import SnapshotQuerySet
from visits.days import local_day
from visits.period import Period

#: Of this form of the answers; a number behind the point more when something is added, before the
#: point (and in the address) when something goes or means something else.
SCHEMA = "1.0"
PER_PAGE = 50


def readable(consumer: Consumer) -> SnapshotQuerySet:
    """Every frozen report that this consumer may read."""
    rows: SnapshotQuerySet = Snapshot.objects.for_others().filter(kind__in=SHARED)
    return rows.filter(stek__consumers=consumer).select_related("stek")


def the_list(request: HttpRequest, consumer: Consumer, wanted: Wanted) -> dict[str, Any]:
    """Every version of everything, the youngest period first. Two queries."""
    rows = readable(consumer).defer("figures", "shown")
    if wanted.stek is not None:
        rows = rows.filter(stek__slug=wanted.stek)
    if wanted.period is not None:
        rows = rows.filter(period=wanted.period.key)
    if wanted.report is not None:
        rows = rows.filter(kind=wanted.report)
    later = Snapshot.objects.filter(
        stek=OuterRef("stek"), kind=OuterRef("kind"), period=OuterRef("period"),
        version__gt=OuterRef("version"),
    )  # fmt: skip
    rows = rows.annotate(has_later=Exists(later))
    pages = Paginator(rows.order_by("-last", "-first", "stek__slug", "kind", "-version"), PER_PAGE)
    there = 1 <= wanted.page <= pages.num_pages
    page = pages.page(wanted.page) if there else []

    def link(number: int) -> str | None:
        if not 1 <= number <= pages.num_pages:
            return None
        asked = request.GET.copy()
        asked["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")

    return {
        "schema": SCHEMA,
        "count": pages.count,
        "page": wanted.page,
        "pages": pages.num_pages,
        "next": link(wanted.page + 1),
        "previous": link(wanted.page - 1),
        "figures": [_line(request, row) for row in page],
    }


def _line(request: HttpRequest, row: Snapshot) -> dict[str, Any]:
    address = reverse("api:figures_of", kwargs={"stek": row.stek.slug, "period": row.period})
    asked = urlencode({"report": row.kind, "version": str(row.version)})
    return _about(row, latest=not row.has_later) | {  # type: ignore[attr-defined]  # annotated
        "url": request.build_absolute_uri(f"{address}?{asked}")
    }


def one(
    consumer: Consumer, slug: str, period: Period, kind: Kind, version: int | None
) -> dict[str, Any] | None:
    """The report with all its tables; None when it is not there for this consumer. Two queries,
    and one more the first time on a day.
    """
    rows = readable(consumer).filter(stek__slug=slug).of_report(kind.key, period.key)
    versions = list(rows.values_list("version", flat=True))
    number = version or (versions[0] if versions else 0)
    found = rows.without_true().in_version(number).first()
    if found is None:
        return None
    log_reading(consumer, [found.stek])
    report: Report = found.report
    return {
        "schema": SCHEMA,
        **_about(found, latest=found.version == versions[0]),
        "columns": [
            {"key": column.key, "label": column.label, "period": period_json(column.period)}
            for column in report.columns
        ],
        "tables": [_table(table) for table in report.tables],
        "definitions": dict(report.definitions),
    }


def _about(row: Snapshot, *, latest: bool) -> dict[str, Any]:
    return {
        "stek": stek_json(row.stek),
        "period": period_json(Period.parse(row.period)),
        "report": row.kind,
        "title": str(SHARED[row.kind].name),
        "version": row.version,
        "latest": latest,
        "definitions_version": row.definitions_version,
        "frozen_on": local_day(row.made_at).isoformat(),
    }


def _table(table: Table) -> dict[str, Any]:
    total = table.total
    return {
        **table_json(table),
        "rows": [
            {**row_json(row), "cells": [_cell(cell) for cell in row.cells]} for row in table.rows
        ],
        "total": None if total is None else [_cell(cell) for cell in total],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"value": None if cell.hidden else cell.number, "hidden": cell.hidden}


def table_json(table: Table) -> dict[str, Any]:
    """Without its rows."""
    return {
        "key": table.key,
        "title": table.title,
        "function": {"key": table.function.value, "label": str(table.function.label)},
        "shape": table.shape.value,
        "measure": None if table.measure is None else _measure(table.measure),
        "definition": table.definition,
    }


def row_json(row: Row) -> dict[str, Any]:
    """Without its cells."""
    return {"key": row.key, "label": row.label, "measure": row.measure.value}


def _measure(measure: Measure) -> dict[str, str]:
    return {"key": measure.value, "label": str(measure.label)}


def stek_json(stek: Stek) -> dict[str, str]:
    return {"slug": stek.slug, "name": stek.name}


def period_json(period: Period) -> dict[str, str]:
    return {
        "key": period.key,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "label": period.label,
    }


def words() -> dict[str, Any]:
    """What each figure means now; a frozen report carries the words that it was made with."""
    abouts: Mapping[str, definitions.Definition] = definitions.TABLES
    return {
        "schema": SCHEMA,
        "version": definitions.VERSION,
        "since": definitions.SINCE.isoformat(),
        "measures": [
            {**_measure(measure), **_definition(definitions.MEASURES[measure])}
            for measure in Measure
        ],
        "tables": [
            {
                "key": spec.key,
                "title": str(spec.title),
                "function": {"key": spec.function.value, "label": str(spec.function.label)},
                "shape": spec.shape.value,
                "measure": None if spec.measure is None else _measure(spec.measure),
                "definition": str(abouts[spec.key].text) if spec.key in abouts else "",
            }
            for spec in SPECS
            if not spec.inside_only
        ],
        "reports": [
            {
                "key": kind.key,
                "title": str(kind.name),
                "about": str(kind.about),
                "tables": list(kind.tables),
            }
            for kind in SHARED.values()
        ],
    }


def _definition(found: definitions.Definition) -> dict[str, Any]:
    return {
        "text": str(found.text),
        "version": found.version,
        "since": found.since.isoformat(),
    }


@transaction.atomic
def log_reading(consumer: Consumer, steks: list[Stek]) -> None:
    """One line a day for each STEK of which this consumer got figures."""
    before = read_today(consumer)
    for stek in steks:
        if stek.pk not in before:
            record_read(READ, on=consumer, by=None, stek_id=stek.pk)
