"""Opens one workbook in a process of its own: bytes on stdin, JSON on stdout.

The library behind it reserves room for every cell up to the furthest one. A single cell in the last
corner of a sheet then asks for 500 GB and ends the process, and that must not be the web server.
"""

import datetime
import io
import json
import resource
import sys

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY_BYTES = 1024 * 1024 * 1024
MAX_CELLS = 8_000_000
ENCRYPTED, DAMAGED, TOO_LARGE = 3, 4, 5


def as_text(cell: object) -> str:
    """Write a cell as a person would see it: whole numbers without a point, dates as yyyy-mm-dd."""
    if isinstance(cell, bool):
        return "WAAR" if cell else "ONWAAR"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    sheets: list[dict[str, object]] = []
    hidden: list[str] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                return TOO_LARGE
            rows = [
                [as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
            ]
            sheets.append({"name": about.name, "rows": rows})
    except PasswordError:
        return ENCRYPTED
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, ValueError, OSError):
        return DAMAGED
    json.dump({"sheets": sheets, "hidden": hidden}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
