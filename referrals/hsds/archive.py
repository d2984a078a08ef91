"""The file itself: a zip with JSON and CSV, looked at from the outside before anything opens it."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from referrals.hsds.delimited import TABLE_OF, add_csv, to_csv
from referrals.hsds.faults import FileProblem, UnreadableFileError
from referrals.hsds.names import COLUMNS
from referrals.hsds.nested import from_json, to_json
from referrals.hsds.tables import Tables

MAX_BYTES = 6 * 1024 * 1024
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_ENTRIES = 60
MAX_RATIO = 200
#: A small file may pack well; above this size the ratio counts.
RATIO_COUNTS_FROM_BYTES = 5 * 1024 * 1024
JSON_NAME = "hsds.json"
#: The same for every file, so that the same partners give the same zip.
_WHEN = (2026, 1, 1, 0, 0, 0)
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


def pack(tables: Tables) -> bytes:
    """One zip with everything twice: as nested JSON and as a CSV for each table."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, JSON_NAME, to_json(tables))
        for table in COLUMNS:
            _put(archive, f"{table}.csv", to_csv(tables, table))
    return output.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)


def unpack(content: bytes) -> Tables:
    """Read a zip or JSON; raises `UnreadableFileError`. In a zip JSON goes before CSV."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFileError(FileProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(FileProblem.TOO_LARGE)
    if not content.startswith(_STARTS):
        return _json(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive, len(content))
    except (
        zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError,
    ) as error:  # fmt: skip
        raise UnreadableFileError(FileProblem.DAMAGED) from error


def _unpack(archive: zipfile.ZipFile, packed: int) -> Tables:
    entries = archive.infolist()
    _check(entries, packed)
    by_name: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _name(entry)
        if name in by_name:
            raise UnreadableFileError(FileProblem.DOUBLE_FILE)
        if name:
            by_name[name] = entry
    if ".json" in by_name:
        return _json(_read(archive, by_name[".json"]))
    if not {"service", "organization"} & set(by_name):
        raise UnreadableFileError(FileProblem.NOT_HSDS)
    tables = Tables()
    for table in COLUMNS:
        if table in by_name:
            add_csv(tables, table, _read(archive, by_name[table]))
    return tables


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    dense = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > packed * MAX_RATIO
    if unpacked > MAX_UNPACKED_BYTES or dense or len(entries) > MAX_ENTRIES:
        raise UnreadableFileError(FileProblem.UNPACKS_TOO_LARGE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFileError(FileProblem.ENCRYPTED)


def _name(entry: zipfile.ZipInfo) -> str:
    """Which table it holds, or ".json"; empty for what we leave closed."""
    path = PurePosixPath(entry.filename)
    if entry.is_dir() or path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
        return ""
    if path.parts[:1] == ("__MACOSX",) or path.name.startswith("."):
        return ""
    suffix = path.suffix.lower()
    if suffix == ".json" and path.stem.lower() not in {"datapackage", "package"}:
        return suffix
    return TABLE_OF.get(path.stem.lower(), "") if suffix == ".csv" else ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        return file.read(MAX_UNPACKED_BYTES)


def _json(content: bytes) -> Tables:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(FileProblem.NOT_HSDS) from error
    if text.lstrip()[:1] not in {"{", "["}:
        raise UnreadableFileError(FileProblem.NOT_HSDS)
    return from_json(text)
