"""Reads one cell: a number, a size, a date, a phone; or raises `BadValueError` with the reason."""

import datetime as dt
import re

import phonenumbers

from people.imports.words import RowProblem

WINDOW_YEARS = 10
LARGEST_SIZE = 30
LARGEST_NUMBER = 999_999
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)

MONTHS = (
    ("jan", "janv"), ("feb", "fev", "febr"), ("mrt", "maa", "mar", "mars"), ("apr", "avr"),
    ("mei", "may", "mai"), ("jun", "juin"), ("jul", "juil"), ("aug", "aou"),
    ("sep", "sept"), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
MONTH_OF = {start: month for month, starts in enumerate(MONTHS, 1) for start in starts}

LANGUAGES = {
    "nl": ("nl", "ned", "nederlands", "vlaams", "dutch", "neerlandais", "n"),
    "fr": ("fr", "fra", "frans", "french", "francais", "f"),
    "en": ("en", "eng", "engels", "english", "anglais", "e"),
    "ar": ("ar", "ara", "arabisch", "arabic", "arabe", "marokkaans", "darija"),
    "tr": ("tr", "tur", "turks", "turkish", "turc"),
    "ro": ("ro", "roe", "roemeens", "romanian", "roumain", "moldavisch"),
    "pl": ("pl", "pol", "pools", "polish", "polonais"),
    "uk": ("uk", "ua", "ukr", "oekraiens", "ukrainian", "ukrainien"),
    "ru": ("ru", "rus", "russisch", "russian", "russe"),
    "es": ("es", "spa", "spaans", "spanish", "espagnol"),
    "fa": ("fa", "per", "perzisch", "farsi", "dari", "persian"),
    "ti": ("ti", "tig", "tigrinya", "tigrigna", "tigrinja"),
}
LANGUAGE_OF = {name: code for code, names in LANGUAGES.items() for name in names}


class BadValueError(Exception):
    """A cell can't be read; `problem` says why."""

    def __init__(self, problem: RowProblem) -> None:
        self.problem = problem
        super().__init__(problem)


def is_error(cell: str) -> bool:
    """Tell whether Excel could not work out this cell: #N/B, #VERW!, #VALUE!, Err:502."""
    return bool(re.match(r"^#[A-Z/0-9]+[!?]?$|^Err:\d+$", cell.strip()))


def read_customer_number(cell: str) -> int | None:
    """Read "12", "0012", "12,0" or "nr. 12"; None when the cell is empty."""
    if not cell:
        return None
    _refuse_errors(cell)
    digits = re.fullmatch(r"(?:nr\.?|n°|#)?\s*(\d{1,9})(?:[.,]0+)?", cell, re.IGNORECASE)
    if not digits or not digits[1].isascii() or not 1 <= int(digits[1]) <= LARGEST_NUMBER:
        raise BadValueError(RowProblem.NUMBER_INVALID)
    return int(digits[1])


def read_size(cell: str) -> int | None:
    """Read how many people; None when the cell is empty. Words and halves are refused."""
    if not cell or cell in {"-", "/"}:
        return None
    _refuse_errors(cell)
    found = re.fullmatch(r"([-\u2212]?)\s*(\d{1,9})(?:[.,]0+)?", cell)
    if not found or not found[2].isascii():
        raise BadValueError(RowProblem.SIZE_NOT_A_NUMBER)
    size = int(found[2])
    if found[1] and size:
        raise BadValueError(RowProblem.SIZE_NEGATIVE)
    if size > LARGEST_SIZE:
        raise BadValueError(RowProblem.SIZE_TOO_LARGE)
    return size


def read_composition(cell: str) -> tuple[int | None, int | None]:
    """Read a family size as (adults, children): "2+3" gives both, "5" only the first."""
    parts = cell.split("+")
    if len(parts) == 2:
        return read_size(parts[0].strip()), read_size(parts[1].strip())
    return read_size(cell), None


def read_date(cell: str, *, today: dt.date) -> dt.date | None:
    """Read a date as people write it, day before month; None when the cell is empty."""
    if not cell or cell in {"-", "/", "?"}:
        return None
    _refuse_errors(cell)
    try:
        day = _parse_date(cell, today)
    except ValueError as error:
        raise BadValueError(RowProblem.DATE_IMPOSSIBLE) from error
    if day is None:
        raise BadValueError(RowProblem.DATE_UNREADABLE)
    if abs(day.year - today.year) > WINDOW_YEARS:
        raise BadValueError(RowProblem.DATE_FAR_AWAY)
    return day


def _parse_date(cell: str, today: dt.date) -> dt.date | None:
    text = re.sub(r"[ T]\d{1,2}[:u]\d{2}(:\d{2}(\.\d+)?)?$", "", cell.strip())
    text = re.sub(r"^[a-z]{2,9}\.?,?\s+(?=\d)", "", text, flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", text, re.ASCII):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(
        r"(\d{1,2})\s?[-/. ,]\s?(\d{1,2})\s?[-/. ,]\s?(\d{4}|\d{2})", text, re.ASCII
    ):
        return dt.date(_year(found[3], today), int(found[2]), int(found[1]))
    if found := re.fullmatch(
        r"(\d{1,2})(?:e|ste|de)?[-/. ]*([^\W\d_]{3,9})\.?[-/. ]*'?(\d{4}|\d{2})", text
    ):
        month = _month(found[2])
        return dt.date(_year(found[3], today), month, int(found[1])) if month else None
    if re.fullmatch(r"\d{5}", text, re.ASCII):
        return EXCEL_DAY_ZERO + dt.timedelta(days=int(text))
    return None


def _year(digits: str, today: dt.date) -> int:
    """Take the year nearest to today that ends in these two digits."""
    if len(digits) == 4:
        return int(digits)
    century = today.year - today.year % 100
    return min(
        (century + shift + int(digits) for shift in (-100, 0, 100)),
        key=lambda year: abs(year - today.year),
    )


def _month(name: str) -> int:
    """Know a month by its first letters, in Dutch, French or English; 0 when unknown."""
    plain_name = name.casefold().replace("é", "e").replace("û", "u")
    return (
        MONTH_OF.get(plain_name) or MONTH_OF.get(plain_name[:4]) or MONTH_OF.get(plain_name[:3], 0)
    )


def read_phone(cell: str) -> str | None:
    """Read a phone into one form, "0476 12 34 56" or "+31 6 12345678"; None when it is no phone."""
    text = cell
    if re.fullmatch(r"[1-9]\d{7,8}", text):
        text = f"0{text}"  # the spreadsheet took it for a number and dropped the zero
    elif re.fullmatch(r"32\d{8,9}", text):
        text = f"+{text}"
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    belgian = number.country_code == 32
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if belgian else form.INTERNATIONAL)


def read_language(cell: str) -> str | None:
    """Return the code of a language we know, or None."""
    for part in re.split(r"[,;/+&()]| en ", cell.casefold()):
        name = part.strip().replace("ï", "i").replace("ç", "c").replace("é", "e")
        if name in LANGUAGE_OF:
            return LANGUAGE_OF[name]
    return None


def _refuse_errors(cell: str) -> None:
    if is_error(cell):
        raise BadValueError(RowProblem.ERROR_VALUE)
