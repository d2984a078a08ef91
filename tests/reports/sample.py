"""Reports made by hand, for the files and the charts: every shape of table, hidden cells, a mean,
and labels that a spreadsheet would run.
"""

from dataclasses import replace

from reports.catalogue import TABLES, Measure, Shape
from reports.report import HIDDEN, NOTHING, Cell, Column, Report, Row, Table
from visits.period import Period

PERIOD = Period.parse("2026-Q3")
FORMULA = '=HYPERLINK("http://evil.example";"klik")'


def table(key: str, rows: dict[str, tuple[Cell, ...]], total: tuple[Cell, ...] | None) -> Table:
    spec = TABLES[key]
    made = tuple(
        Row(label, label, spec.measure or Measure(label), cells) for label, cells in rows.items()
    )
    return Table(
        key, str(spec.title), spec.function, spec.shape, spec.measure, made, total, "Zo geteld."
    )


def cells(*numbers: int | float | None) -> tuple[Cell, ...]:
    return tuple(Cell(number) for number in numbers)


def sample(**changes: object) -> Report:
    before, year_before = PERIOD.before(), PERIOD.year_before()
    columns = (
        Column("now", PERIOD.label, PERIOD, (1,)),
        Column("before", before.label, before, (1,)),
        Column("year_before", year_before.label, year_before, (1,)),
    )
    meet = table("meet", {"openings": cells(24, 25, 26), "visits": cells(1213, 1100, 4)}, None)
    months = {
        "juli": (Cell(410), NOTHING, Cell(399)),
        "augustus": (HIDDEN, NOTHING, HIDDEN),
        "september": (Cell(801), NOTHING, Cell(777)),
    }
    themes = {
        "energie en water": cells(250, 20, 12),
        FORMULA: (HIDDEN, Cell(7), Cell(9)),
        "wonen & <huur>": cells(40, 9, 6),
        "+32 475 12 34 56": (Cell(9), HIDDEN, HIDDEN),
    }
    days = {"2026-07-07": cells(38, None, None), "2026-07-09": (HIDDEN, NOTHING, NOTHING)}
    flows = {
        "wonen → afgehandeld": cells(30, 1, 1),
        "wonen → niet gelukt": cells(4, 1, 1),
        "digitaal → afgehandeld": cells(12, 1, 1),
    }
    means = {"alle partners": (Cell(3.5, of=8), NOTHING, HIDDEN)}
    report = Report(
        kind="gemeente",
        title="Gemeente",
        steks=("Kalmthout",),
        period=PERIOD,
        columns=columns,
        tables=(
            meet,
            table("visits_month", months, (HIDDEN, Cell(1100), Cell(1180))),
            table("visits_day", days, cells(42, None, None)),
            table("questions_theme", themes, cells(303, 40, 31)),
            table("questions_flow", flows, cells(46, 3, 3)),
            table("answer_days", means, None),
        ),
        definitions={
            "openings": "Dagen waarop de STEK open was.",
            "visits": "Elke keer dat iemand aangemeld werd.",
            "questions": "Vragen aan tafel.",
            "answer_days": "Gemiddeld aantal dagen.",
        },
        definitions_version=1,
        safe=True,
    )
    return replace(report, **changes)


def emptied() -> Report:
    """Nothing was counted."""
    report = sample()
    tables = []
    for one in report.tables:
        rows = one.rows if one.shape is Shape.FIGURES else ()
        zero = tuple(replace(row, cells=cells(0, 0, 0)) for row in rows)
        tables.append(replace(one, rows=zero, total=one.total and cells(0, 0, 0)))
    return replace(report, tables=tuple(tables))
