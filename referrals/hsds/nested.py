"""The JSON of HSDS, in which a service holds all that belongs to it; to and from tables."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from referrals.hsds.faults import Fault, FileProblem, RowProblem, UnreadableFileError
from referrals.hsds.names import COLUMNS, MANY, NUMBERS, OF_A_FORM, ONE
from referrals.hsds.tables import Row, Tables, cell_text

#: Read, but never written: with us somebody is the contact of a partner.
_NOT_WRITTEN = frozenset({("service", "contacts")})


def to_json(tables: Tables) -> str:
    """A page of services as HSDS has it, and beside it the organisations that have none."""
    nest = _Nest(tables)
    services = [nest.item("service", row) for row in tables.rows["service"]]
    with_services = {row["organization_id"] for row in tables.rows["service"]}
    others = [
        nest.item("organization", row)
        for row in tables.rows["organization"]
        if row["id"] not in with_services
    ]
    page = {
        "version": "3.1",
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
        "organizations": others,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


class _Nest:
    """Puts rows in the rows that they belong to."""

    def __init__(self, tables: Tables) -> None:
        self._by_id = {
            link.table: {row["id"]: row for row in tables.rows[link.table]} for link in ONE.values()
        }
        self._children: dict[tuple[str, str], dict[str, list[Row]]] = {}
        for links in MANY.values():
            for link in links:
                found: dict[str, list[Row]] = defaultdict(list)
                for row in tables.rows[link.table]:
                    found[row[link.column]].append(row)
                self._children[link.table, link.column] = found

    def item(self, table: str, row: Row, inside: str = "") -> dict[str, Any]:
        item: dict[str, Any] = {}
        for column in COLUMNS[table]:
            if column != inside and (row[column] or column not in OF_A_FORM):
                item[column] = float(row[column]) if column in NUMBERS else row[column]
        one = ONE.get(table)
        if one and (other := self._by_id[one.table].get(row[one.column])):
            item[one.key] = self.item(one.table, other)
        for link in MANY.get(table, ()):
            if (table, link.key) not in _NOT_WRITTEN:
                children = self._children[link.table, link.column].get(row["id"], ())
                item[link.key] = [self.item(link.table, child, link.column) for child in children]
        return item


def from_json(text: str) -> Tables:
    """Raises `UnreadableFileError` when it is no JSON, or holds no services or organisations."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(FileProblem.DAMAGED) from error
    services, organizations = _lists(data)
    taking = _Taking()
    for number, item in enumerate(services, start=1):
        taking.take("service", item, number)
    for number, item in enumerate(organizations, start=1):
        if not taking.has_organization(item):
            taking.take("organization", item, number)
    return taking.tables


def _lists(data: Any) -> tuple[list[Any], list[Any]]:
    """A list of services, a page of them, one service, or lists by name."""
    if isinstance(data, dict):
        services = data.get("contents", data.get("services", data.get("service")))
        organizations = data.get("organizations", data.get("organization"))
        if services is None and "id" in data:
            services, organizations = [data], []
    else:
        services, organizations = data, []
    services, organizations = services or [], organizations or []
    if not isinstance(services, list) or not isinstance(organizations, list):
        raise UnreadableFileError(FileProblem.NOT_HSDS)
    if not services and not organizations:
        raise UnreadableFileError(FileProblem.NOT_HSDS)
    return services, organizations


class _Taking:
    """Takes records out of each other, and keeps only the columns that we read."""

    def __init__(self) -> None:
        self.tables = Tables()
        #: What may stand in a file more than once: written out with all that names it.
        self._shared: dict[tuple[str, str], Any] = {}

    def take(self, table: str, item: Any, number: int, **given: str) -> None:
        if not isinstance(item, dict):
            self.tables.faults.append(Fault(RowProblem.NO_RECORD, table, number))
            return
        row: Row = dict.fromkeys(COLUMNS[table], "") | {"row": number}
        spoken = self.tables.columns.setdefault(table, set())
        for column in COLUMNS[table]:
            if column in item:
                spoken.add(column)
                row[column] = self._text(table, number, column, item[column])
        row |= given
        one = ONE.get(table)
        if one and one.key in item:
            row[one.column] = self._take_shared(one.table, item[one.key], number)
        self.tables.add(table, row)
        for link in MANY.get(table, ()):
            if link.key in item:
                self.tables.columns.setdefault(link.table, {"id"})
                belongs = {link.column: row["id"]}
                if link.column == "link_id":
                    belongs["link_entity"] = table
                for child in self._list(table, number, item[link.key]):
                    self.take(link.table, child, number, **belongs)

    def has_organization(self, item: Any) -> bool:
        """Whether some service brought it along already."""
        own = cell_text(item.get("id")) if isinstance(item, dict) else None
        return ("organization", own or "") in self._shared

    def _take_shared(self, table: str, item: Any, number: int) -> str:
        """The id of one that others may hold too; taken once."""
        if not isinstance(item, dict):
            self.tables.faults.append(Fault(RowProblem.NO_RECORD, table, number))
            return ""
        key = cell_text(item.get("id")) or f"{table}-{self.tables.count}"
        before = self._shared.setdefault((table, key), item)
        if before is item:
            self.take(table, item, number, id=key)
        elif before != item and table == "organization":
            about = cell_text(item.get("name")) or ""
            self.tables.faults.append(Fault(RowProblem.DIFFERS, table, number, about))
        return key

    def _text(self, table: str, number: int, column: str, value: Any) -> str:
        text = cell_text(value)
        if text is None:
            self.tables.faults.append(Fault(RowProblem.NOT_TEXT, table, number, column))
            return ""
        return text

    def _list(self, table: str, number: int, value: Any) -> Iterable[Any]:
        if value is None:
            return ()
        if not isinstance(value, list):
            self.tables.faults.append(Fault(RowProblem.NO_RECORD, table, number))
            return ()
        return value
