"""Makes spreadsheets for the tests of the import; the real lists stand in tests/data."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P

LISTS = Path(__file__).resolve().parent.parent / "data" / "klantenlijsten"

Grid = Sequence[Sequence[object]]
SMALL: Grid = [
    ["Nr", "Naam", "Voornaam", "# volw", "# kind", "Geldig tot", "Via"],
    [1, "Peeters", "An", 2, 1, "21/03/2027", "OCMW"],
    [2, "Van den Broeck", "Jozef", 1, 0, "21/03/2027", "CAW"],
]


def real(name: str) -> bytes:
    return (LISTS / name).read_bytes()


def as_csv(grid: Grid = SMALL, *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(grid)
    return text.getvalue().encode(encoding)


def as_xlsx(
    sheets: dict[str, Grid] | Grid = SMALL,
    *,
    hidden: Sequence[str] = (),
    merged: Mapping[str, str] | None = None,
    far_cell: bool = False,
) -> bytes:
    output = io.BytesIO()
    named = sheets if isinstance(sheets, dict) else {"Klanten": sheets}
    with xlsxwriter.Workbook(output, {"in_memory": True}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, grid in named.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(row, column, cell, day)
                    else:
                        sheet.write(row, column, cell)
            for cells, text in (merged or {}).items():
                sheet.merge_range(cells, text)
            if far_cell:
                sheet.write(1_048_575, 16_383, 1)
            if name in hidden:
                sheet.hide()
    return output.getvalue()


def as_xls(grid: Grid = SMALL) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Klanten")
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def as_ods(grid: Grid = SMALL, *, hidden_grid: Grid | None = None) -> bytes:
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(_ods_table("Klanten", grid))
    if hidden_grid is not None:
        invisible = Style(name="weg", family="table")
        invisible.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(invisible)
        document.spreadsheet.addElement(_ods_table("Oud", hidden_grid, stylename=invisible))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _ods_table(name: str, grid: Grid, **style: object) -> Table:
    table = Table(name=name, **style)
    for cells in grid:
        row = TableRow()
        for cell in cells:
            made = (
                TableCell(valuetype="float", value=cell)
                if isinstance(cell, int)
                else TableCell(valuetype="string")
            )
            made.addElement(P(text=str(cell)))
            row.addElement(made)
        table.addElement(row)
    return table


def encrypted_xlsx() -> bytes:
    """What Excel writes for a list with a password: an OLE file around the encrypted one."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1528)
        + "EncryptionInfo".encode("utf-16-le")
        + bytes(64)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(2000)
    )


def zip_bomb() -> bytes:
    """An .xlsx of 600 kB with a sheet that unpacks to 600 MB."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _piece in range(600):
                sheet.write(bytes(1024 * 1024))
    return output.getvalue()


def lying_zip() -> bytes:
    """A zip whose directory says that a sheet of 20 MB holds 10 bytes."""
    name, content = b"xl/workbook.xml", bytes(20 * 1024 * 1024)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    common = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(content), len(packed), 10, len(name), 0
    )
    local = b"PK\x03\x04" + common + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + bytes(6) + bytes(8) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end
