"""Reads the rows of a table with a mapping: values that may be kept, or the reasons why not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from people.imports.columns import TOTAL
from people.imports.doubles import with_one_spelling, without_doubles
from people.imports.person_names import (
    PersonName,
    read_first_last,
    read_last_first,
    read_members,
    read_part,
)
from people.imports.referrers import referrer_key, referrer_name
from people.imports.results import Fault, RowResult, Values
from people.imports.tables import Table, TableRow
from people.imports.values import (
    BadValueError,
    is_error,
    read_composition,
    read_customer_number,
    read_date,
    read_language,
    read_phone,
    read_size,
)
from people.imports.words import MASK, Field, Notice, RowProblem

LONGEST_REFERRER = 80


@dataclass(frozen=True)
class Context:
    """What a cell's meaning depends on outside the file."""

    today: dt.date
    town: str = ""


@dataclass
class _Reading:
    """One row while it is being read: its cells by field, and what was found."""

    by_field: dict[Field, list[str]]
    context: Context
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def cell(self, wanted: Field) -> str:
        return next((cell for cell in self.by_field.get(wanted, ()) if cell), "")

    def refuse(self, error: BadValueError, cell: str) -> None:
        self.faults.append(Fault(error.problem, cell))


def read_rows(tables: Sequence[tuple[Table, Sequence[Field]]], context: Context) -> list[RowResult]:
    """Read every table with the fields of its columns; totals are left out."""
    results = [
        _read_row(table, row, fields, context)
        for table, fields in tables
        for row in table.rows
        if not _is_total(row, fields)
    ]
    return with_one_spelling(without_doubles(results))


def _is_total(row: TableRow, fields: Sequence[Field]) -> bool:
    """A row with "Totaal" in it, or one with nothing in the columns that are read."""
    used = any(cell for column, cell in zip(fields, row.cells, strict=True) if column)
    return not used or any(TOTAL.match(cell) for cell in row.cells)


def _read_row(table: Table, row: TableRow, fields: Sequence[Field], context: Context) -> RowResult:
    by_field: dict[Field, list[str]] = {}
    for column, cell in zip(fields, row.cells, strict=True):
        by_field.setdefault(column, []).append(cell)
    reading = _Reading(by_field, context)
    if row.too_long:
        reading.faults.append(Fault(RowProblem.TOO_MANY_CELLS))
    number = _number(reading)
    name = _name(reading)
    adults, children = _size(reading)
    valid_until = _valid_until(reading)
    values = Values(
        name=name,
        number=number,
        adults=adults,
        children=children,
        phone=_phone(reading),
        language=_language(reading),
        valid_until=valid_until,
        members=_members(reading, name),
        **_referrer(reading),
    )
    result = RowResult(
        table.sheet, row.number, row.cells, notices=tuple(reading.notices), number=number
    )
    if reading.faults:
        return replace(result, faults=tuple(reading.faults), notices=())
    return replace(result, values=values)


def _number(reading: _Reading) -> int | None:
    cell = reading.cell(Field.NUMBER)
    try:
        number = read_customer_number(cell)
    except BadValueError as error:
        reading.refuse(error, cell)
        return None
    if number is None:
        reading.notices.append(Notice.NO_NUMBER)
    return number


def _name(reading: _Reading) -> PersonName:
    readers = {
        Field.LAST_FIRST: read_last_first,
        Field.FIRST_LAST: read_first_last,
        Field.LAST_NAME: lambda cell: PersonName(last=read_part(cell)),
        Field.FIRST_NAME: lambda cell: PersonName(first=read_part(cell)),
    }
    name = PersonName()
    for column, read in readers.items():
        cell = reading.cell(column)
        try:
            part = read(cell)
        except BadValueError as error:
            reading.refuse(error, cell)
            return name
        name = PersonName(name.first or part.first, name.last or part.last)
    if name == PersonName():
        reading.faults.append(Fault(RowProblem.NO_NAME))
    if name.letters_lost:
        reading.notices.append(Notice.LETTERS_LOST)
    return name


def _size(reading: _Reading) -> tuple[int, int]:
    """Read adults and children; a family size alone counts everybody as an adult."""
    sizes: dict[Field, int | None] = {}
    for column in (Field.ADULTS, Field.CHILDREN):
        cell = reading.cell(column)
        try:
            sizes[column] = read_size(cell)
        except BadValueError as error:
            reading.refuse(error, cell)
            return 1, 0
    adults, children = sizes[Field.ADULTS], sizes[Field.CHILDREN]
    if adults is None and reading.cell(Field.SIZE):
        cell = reading.cell(Field.SIZE)
        try:
            whole, apart = read_composition(cell)
        except BadValueError as error:
            reading.refuse(error, cell)
            return 1, 0
        adults, children = _divided(reading, whole, apart, children)
    if adults is None:
        adults = 1
        reading.notices.append(Notice.NO_SIZE)
    if adults + (children or 0) < 1:
        reading.faults.append(Fault(RowProblem.SIZE_NOBODY, reading.cell(Field.ADULTS)))
    return adults, children or 0


def _divided(
    reading: _Reading, whole: int | None, apart: int | None, children: int | None
) -> tuple[int | None, int | None]:
    if apart is not None:
        return whole, apart
    if whole is None:
        return None, children
    if children is not None and children < whole:
        return whole - children, children
    if whole > 1:
        reading.notices.append(Notice.ALL_ADULTS)
    return whole, 0


def _valid_until(reading: _Reading) -> dt.date | None:
    cell = reading.cell(Field.VALID_UNTIL)
    try:
        day = read_date(cell, today=reading.context.today)
    except BadValueError as error:
        reading.refuse(error, cell)
        return None
    if day is None:
        reading.notices.append(Notice.NO_DATE)
    elif day < reading.context.today:
        reading.notices.append(Notice.EXPIRED)
    return day


def _phone(reading: _Reading) -> str:
    """Take the first column with a good number; an unreadable phone keeps nobody out."""
    cells = [cell for cell in reading.by_field.get(Field.PHONE, ()) if cell]
    for cell in cells:
        if phone := read_phone(cell):
            return phone
    if cells:
        reading.notices.append(Notice.PHONE_INVALID)
    return ""


def _language(reading: _Reading) -> str:
    cell = reading.cell(Field.LANGUAGE)
    language = read_language(cell) if cell else ""
    if language is None:
        reading.notices.append(Notice.LANGUAGE_UNKNOWN)
    return language or ""


def _referrer(reading: _Reading) -> dict[str, str]:
    cell = reading.cell(Field.REFERRER)
    town = reading.context.town
    key = referrer_key(cell, town=town)
    if not key:
        return {}
    if len(cell) > LONGEST_REFERRER or MASK in cell or is_error(cell) or cell[0] in "=@+-":
        reading.notices.append(Notice.REFERRER_INVALID)
        return {}
    return {
        "referrer_key": key,
        "referrer": referrer_name(cell, town=town),
        "referrer_as_written": cell,
    }


def _members(reading: _Reading, contact: PersonName) -> tuple[PersonName, ...]:
    members: list[PersonName] = []
    for cell in reading.by_field.get(Field.MEMBERS, ()):
        names, incomplete = read_members(cell)
        members += [name for name in names if name != contact and name not in members]
        if incomplete and Notice.MEMBER_INVALID not in reading.notices:
            reading.notices.append(Notice.MEMBER_INVALID)
    return tuple(members)
