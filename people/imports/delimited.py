"""Reads text with a separator (CSV) as Belgian and other programs write it."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable

from people.imports.archive import MAX_BYTES
from people.imports.words import FileProblem, UnreadableFileError

SEPARATORS = ";,\t|"
LINES_TO_JUDGE = 50
MAX_CONTROL_SHARE = 0.01


def read_delimited(content: bytes) -> list[list[str]]:
    """Return every record, empty ones too, so that the place in the list is the row in Excel."""
    text = _decode(content)
    separator, text = _announced_separator(text)
    return _records(text, separator or _likely_separator(text))


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content[:200].count(0) * 4 > len(content[:200]):
        encodings = ["utf-16-be" if content[0] == 0 else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = sum(character < " " and character not in "\t\r\n" for character in text)
        if control <= max(2, len(text) * MAX_CONTROL_SHARE):
            return text
    raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)


def _announced_separator(text: str) -> tuple[str, str]:
    """Excel may write "sep=;" above the list; it shows no row for it, and neither do we."""
    first, _newline, rest = text.partition("\n")
    announced = first.strip().strip('"').lower()
    if announced.startswith("sep=") and announced[4:] in set(SEPARATORS):
        return announced[4:], rest
    return "", text


def _likely_separator(text: str) -> str:
    """Take the separator that cuts the most lines in the same number of pieces."""
    lines = text.splitlines()[:LINES_TO_JUDGE]

    def score(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _lenient(lines, separator) if len(row) > 1)
        if not widths:
            return (0, 0)
        width, times = widths.most_common(1)[0]
        return (times * min(width, 4), width)

    return max(SEPARATORS, key=score)


def _lenient(lines: Iterable[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


def _records(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(MAX_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise UnreadableFileError(FileProblem.OPEN_QUOTE) from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableFileError(FileProblem.DAMAGED) from error
