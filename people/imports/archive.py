"""Looks at a file from the outside, before anything opens it: what it is, and if it is safe."""

import io
import zipfile
import zlib

from people.imports.words import FileProblem, UnreadableFileError

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_UNPACK_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 10 * 1024 * 1024
"""A small and regular sheet packs well and is no danger; above this size the ratio counts."""
MAX_ZIP_ENTRIES = 2_000

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_STARTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
OTHER_OLE_PARTS = ("WordDocument", "PowerPoint Document", "__properties_version")
WEB_PAGE_STARTS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<script")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(content: bytes) -> bool:
    """Tell a workbook (True) from text (False) by content; refuse all that is neither."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError(FileProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(FileProblem.TOO_LARGE)
    if content.startswith(ZIP_START):
        _check_zip(content)
        return True
    if content.startswith(OLE_START):
        _check_ole(content)
        return True
    if content.startswith(OTHER_STARTS):
        raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE_STARTS):
        raise UnreadableFileError(FileProblem.WEB_PAGE)
    return False


def _check_ole(content: bytes) -> None:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UnreadableFileError(FileProblem.ENCRYPTED)
    if any(map(holds, OTHER_OLE_PARTS)):
        raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(content))
            _check_kind(archive, {entry.filename for entry in entries})
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
        OSError,
    ) as error:
        raise UnreadableFileError(FileProblem.DAMAGED) from error


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > packed * MAX_UNPACK_RATIO
    if unpacked > MAX_UNPACKED_BYTES or too_dense or len(entries) > MAX_ZIP_ENTRIES:
        raise UnreadableFileError(FileProblem.UNPACKS_TOO_LARGE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFileError(FileProblem.ENCRYPTED)


def _check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.startswith("xl/") for name in names):
        return
    if "mimetype" not in names or archive.read("mimetype").strip() != ODS_TYPE:
        raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise UnreadableFileError(FileProblem.ENCRYPTED)
