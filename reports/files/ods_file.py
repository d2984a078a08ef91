"""ODS, for LibreOffice: the same sheets, written as they come into the one file of a document."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from places.spreadsheets import neutral
from reports.files.sheet import Column, Kind, Sheet, TooManyRows, belgian_day, belgian_number
from reports.files.whole import whole_file

MOST_ROWS = 1_048_576
MIME = "application/vnd.oasis.opendocument.spreadsheet"
#: Not allowed in XML at all.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Rows that are written at once.
PIECE = 500
#: Of a letter of a column, in millimetres.
LETTER = 2.05

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("config", "config"), ("manifest", "manifest"),
    )
) + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'  # fmt: skip
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: A page lies down, and is as wide as its table.
_STYLES = (
    f'{_XML}<office:document-styles {_NAMES} office:version="1.3"><office:automatic-styles>'
    '<style:page-layout style:name="lying"><style:page-layout-properties '
    'fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" '
    'fo:margin="15mm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
    '</office:automatic-styles><office:master-styles><style:master-page style:name="wide" '
    'style:page-layout-name="lying"/></office:master-styles></office:document-styles>'
)
_MANIFEST = (
    f'{_XML}<manifest:manifest {_NAMES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    return whole_file(lambda path: write_ods(sheets, path))


def write_ods(sheets: Iterable[Sheet], path: Path) -> None:
    """Raises TooManyRows, and leaves what it wrote to whoever gave the path."""
    headers: list[tuple[str, int]] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(_entry("mimetype", zipfile.ZIP_STORED), MIME)
        book.writestr(_entry("META-INF/manifest.xml"), _MANIFEST)
        with book.open(_entry("content.xml"), "w", force_zip64=True) as content:
            content.write(_opening().encode())
            for place, sheet in enumerate(sheets):
                headers.append((sheet.name, _write(content, sheet, place)))
            content.write(b"</office:spreadsheet></office:body></office:document-content>")
        book.writestr(_entry("styles.xml"), _STYLES)
        book.writestr(_entry("settings.xml"), _settings(headers))


def _entry(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Of no day, so that equal figures give equal bytes."""
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    entry.compress_type = how
    return entry


def _opening() -> str:
    """Up to the first table: the styles of cells."""
    head = '<style:text-properties fo:font-weight="bold" fo:color="#ffffff"/>'
    widths = "".join(
        f'<style:style style:name="w{letters}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{letters * LETTER:.1f}mm"/>'
        "</style:style>"
        for letters in range(1, 121)
    )
    return (
        f'{_XML}<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>'
        '<number:date-style style:name="n-day"><number:day number:style="long"/>'
        "<number:text>/</number:text>"
        '<number:month number:style="long"/><number:text>/</number:text>'
        '<number:year number:style="long"/></number:date-style>'
        '<number:number-style style:name="n-whole"><number:number number:decimal-places="0" '
        'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        '<number:number-style style:name="n-decimal"><number:number number:decimal-places="1" '
        'number:min-decimal-places="1" number:min-integer-digits="1" number:grouping="true"/>'
        "</number:number-style>"
        f"{_style('day', 'n-day')}{_style('whole', 'n-whole')}{_style('decimal', 'n-decimal')}"
        '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties '
        f'fo:background-color="#1d7a63" fo:wrap-option="wrap"/>{head}</style:style>'
        '<style:style style:name="head-right" style:family="table-cell" '
        'style:parent-style-name="head"><style:table-cell-properties '
        'fo:background-color="#1d7a63" fo:wrap-option="wrap"/>'
        f'<style:paragraph-properties fo:text-align="end"/>{head}</style:style>'
        '<style:style style:name="page" style:family="table" style:master-page-name="wide"/>'
        '<style:style style:name="title" style:family="table-cell"><style:text-properties '
        'fo:font-weight="bold" fo:font-size="14pt" fo:color="#1d7a63"/></style:style>'
        '<style:style style:name="wrap" style:family="table-cell"><style:table-cell-properties '
        'fo:wrap-option="wrap"/></style:style>'
        '<style:style style:name="soft" style:family="table-cell"><style:text-properties '
        'fo:font-style="italic" fo:color="#4c5a56"/></style:style>'
        f"{widths}</office:automatic-styles><office:body><office:spreadsheet>"
    )


def _style(name: str, data: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:data-style-name="{data}"/>'
    )


def _write(content: IO[bytes], sheet: Sheet, place: int) -> int:
    """One table; returns the row after its header, where it is frozen."""
    columns = "".join(
        f'<table:table-column table:style-name="w{min(max(c.width, 1), 120)}"/>'
        for c in sheet.columns
    )
    start = [
        f'<table:table table:style-name="page" table:name={quoteattr(_clean(sheet.name))}>{columns}'
    ]
    start.append(_row([_text(sheet.title, "title")]))
    for about, text in sheet.above:
        start.append(_row([_text(about, ""), _text(text, "")] if text else [_text(about, "soft")]))
    start.append(_row([]))
    header = _row([_text(c.title, _HEAD.get(c.kind, "head")) for c in sheet.columns])
    start.append(f"<table:table-header-rows>{header}</table:table-header-rows>")
    content.write("".join(start).encode())
    written = first = len(sheet.above) + 3
    piece: list[str] = []
    cells = [_cell_of(column) for column in sheet.columns]
    for values in sheet.rows:
        if written >= MOST_ROWS:
            raise TooManyRows
        piece.append(_row([cell(value) for cell, value in zip(cells, values, strict=True)]))
        written += 1
        if len(piece) == PIECE:
            content.write("".join(piece).encode())
            piece.clear()
    content.write("".join([*piece, "</table:table>"]).encode())
    return first


_HEAD = {Kind.NUMBER: "head-right"}


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(cells) or _EMPTY}</table:table-row>"


_EMPTY = "<table:table-cell/>"


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)


def _text(text: str, style: str) -> str:
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{named} office:value-type="string"><text:p>'
        f"{escape(_clean(neutral(text)))}</text:p></table:table-cell>"
    )


def _number(value: Any) -> str:
    if value is None:
        return _EMPTY
    if isinstance(value, str):
        return _text(value, "soft")
    style = "whole" if isinstance(value, int) else "decimal"
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" '
        f'office:value="{value}"><text:p>{belgian_number(value)}</text:p></table:table-cell>'
    )


def _day(value: Any) -> str:
    if not isinstance(value, dt.date):
        return _EMPTY if value is None else _text(str(value), "")
    return (
        '<table:table-cell table:style-name="day" office:value-type="date" '
        f'office:date-value="{value.isoformat()}"><text:p>{belgian_day(value)}</text:p>'
        "</table:table-cell>"
    )


def _cell_of(column: Column) -> Any:
    """What writes a cell of this column."""
    if column.kind is Kind.NUMBER:
        return _number
    if column.kind is Kind.DAY:
        return _day
    if column.kind is Kind.YES_NO:
        yes, no = _text(_("ja"), ""), _text(_("nee"), "")
        return lambda value: yes if value else no
    style = "wrap" if column.width > 60 else ""
    return lambda value: _EMPTY if value is None else _text(str(value), style)


def _settings(headers: list[tuple[str, int]]) -> str:
    """That the header of each table stays in sight."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(_clean(name))}>"
        + "".join(
            f'<config:config-item config:name="{key}" config:type="{kind}">{value}'
            "</config:config-item>"
            for key, kind, value in (
                ("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", row),
                ("PositionBottom", "int", row), ("ActiveSplitRange", "short", 2),
            )
        )
        + "</config:config-item-map-entry>"
        for name, row in headers
    )  # fmt: skip
    return (
        f'{_XML}<office:document-settings {_NAMES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )
