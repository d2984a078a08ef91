"""XLSX: a header that stays in sight, widths, formats, and charts of the spreadsheet's own. Rows go
to a file as they come, so that a hundred thousand take no memory; nothing in it is a formula.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from places.spreadsheets import neutral
from reports.files.sheet import Kind, Sheet, SheetChart, TooManyRows
from reports.files.whole import whole_file

#: What a sheet of Excel holds, the header included.
MOST_ROWS = 1_048_576
GREEN, GREEN_SOFT, SAND, INK = "#1D7A63", "#DFF1EA", "#D3C9B6", "#1C2422"
#: For the same bytes from the same figures: a workbook says when it was made.
LONG_AGO = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - the file knows no zone


def xlsx_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    return whole_file(lambda path: write_xlsx(sheets, path))


def write_xlsx(sheets: Iterable[Sheet], path: Path) -> None:
    """Raises TooManyRows, with nothing at `path` then; what it writes meanwhile lies beside it."""
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "default_date_format": "dd/mm/yyyy",
        "default_format_properties": {"font_name": "Calibri", "font_size": 11},
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "", "author": "Stek", "created": LONG_AGO})
    looks = _Looks(book)
    try:
        for sheet in sheets:
            _write(book, sheet, looks)
    except BaseException:
        # Only closing takes its own files away.
        book.close()
        path.unlink(missing_ok=True)
        raise
    book.close()


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        add = book.add_format
        self.title = add({"bold": True, "font_size": 14, "font_color": GREEN})
        self.note = add({"font_color": "#4C5A56", "italic": True})
        self.name = add({"bold": True, "valign": "top"})
        self.head = add({"bold": True, "bg_color": GREEN, "font_color": "#FFFFFF",
                         "valign": "vcenter", "text_wrap": True})  # fmt: skip
        self.right = add({"bold": True, "bg_color": GREEN, "font_color": "#FFFFFF",
                          "align": "right", "valign": "vcenter", "text_wrap": True})  # fmt: skip
        self.text = add({"valign": "top"})
        self.wrapped = add({"valign": "top", "text_wrap": True})
        self.whole = add({"num_format": "#,##0", "valign": "top"})
        self.decimal = add({"num_format": "#,##0.0", "valign": "top"})
        self.day = add({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self.hidden = add({"font_color": "#4C5A56", "italic": True, "align": "right"})


def _write(book: Any, sheet: Sheet, looks: _Looks) -> None:
    page = book.add_worksheet(sheet.name)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.write_string(0, 0, neutral(sheet.title), looks.title)
    row = 1
    for name, text in sheet.above:
        page.write_string(row, 0, neutral(name), looks.name if text else looks.note)
        if text:
            page.write_string(row, 1, neutral(text), looks.text)
        row += 1
    header = row + 1
    page.set_row(header, 32)
    for place, column in enumerate(sheet.columns):
        look = looks.right if column.kind is Kind.NUMBER else looks.head
        page.write_string(header, place, neutral(column.title), look)
    page.freeze_panes(header + 1, 1 if len(sheet.columns) > 2 else 0)
    page.repeat_rows(header)
    last = _write_rows(page, sheet, header + 1, looks)
    if last > header and not sheet.charts:
        page.autofilter(header, 0, last, len(sheet.columns) - 1)
    for chart in sheet.charts:
        _draw(book, page, sheet, chart, header)


def _write_rows(page: Any, sheet: Sheet, row: int, looks: _Looks) -> int:
    """Write them and return the last one."""
    kinds = [column.kind for column in sheet.columns]
    string, number, yes, no = page.write_string, page.write_number, _("ja"), _("nee")
    for values in sheet.rows:
        if row >= MOST_ROWS:
            raise TooManyRows
        for place, value in enumerate(values):
            kind = kinds[place]
            if value is None:
                continue
            if kind is Kind.NUMBER and not isinstance(value, str):
                number(row, place, value, looks.whole if type(value) is int else looks.decimal)
            elif kind is Kind.DAY and isinstance(value, dt.date):
                page.write_datetime(row, place, value, looks.day)
            elif kind is Kind.YES_NO:
                string(row, place, yes if value else no)
            elif kind is Kind.NUMBER:
                string(row, place, value, looks.hidden)
            else:
                look = looks.wrapped if sheet.columns[place].width > 60 else looks.text
                string(row, place, neutral(str(value)), look)
        row += 1
    return row - 1


def _draw(book: Any, page: Any, sheet: Sheet, chart: SheetChart, header: int) -> None:
    first, last = header + 1, header + chart.count
    drawn = book.add_chart({"type": "column" if chart.across else "bar"})
    colours = (GREEN, SAND, "#1B4F8F", "#E0A458", "#8FB8DE", "#7D7A70")
    for place, series in enumerate(chart.series):
        drawn.add_series({
            "name": [sheet.name, header, series],
            "categories": [sheet.name, first, chart.label_column, last, chart.label_column],
            "values": [sheet.name, first, series, last, series],
            "fill": {"color": colours[place % len(colours)]},
            "gap": 60,
        })  # fmt: skip
    drawn.set_title(
        {"name": chart.title, "name_font": {"size": 13, "color": INK}, "overlay": False}
    )
    drawn.set_legend({"position": "top" if len(chart.series) > 1 else "none"})
    grid = {"visible": True, "line": {"color": "#D9D4CA"}}
    values, labels = {"major_gridlines": grid, "min": 0}, {"reverse": not chart.across}
    drawn.set_x_axis(labels if chart.across else {**values})
    drawn.set_y_axis(values if chart.across else labels)
    high = (
        320 if chart.across else 130 + 32 * chart.count * (2 if len(chart.series) > 1 else 1) // 2
    )
    drawn.set_size({"width": 680, "height": max(high, 260)})
    page.insert_chart(header, len(sheet.columns) + 1, drawn, {"description": chart.title})
