"""The tables of a file as partners, services and contacts, with all that is wrong with them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from people.imports.values import read_language
from people.models import Language
from places.sensitive import clean_name
from referrals.hsds.faults import Fault, RowProblem
from referrals.hsds.lists import Lists
from referrals.hsds.names import (
    BY_APPOINTMENT,
    DAYS,
    ENDED,
    MANY,
    OF_ADDRESS,
    OF_CONTACT,
    OF_PARTNER,
    OF_SERVICE,
    SOCIAL_MAP,
    SOCIAL_MAP_HOST,
    STATUSES,
)
from referrals.hsds.tables import Row, Tables
from referrals.hsds.values import Values, phone_of
from referrals.models import Service

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?(?:\+0[12]:00)?", re.ASCII)
_MOST_AREA = Service._meta.get_field("area").max_length


@dataclass(frozen=True)
class Said:
    """What a file says of one partner, service or contact: only the fields that it speaks of."""

    table: str
    row: int
    own: UUID
    values: Values
    partner: UUID | None = None


@dataclass
class Read:
    """Everything that a file says, in its order."""

    partners: list[Said] = field(default_factory=list)
    services: list[Said] = field(default_factory=list)
    contacts: list[Said] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(tables: Tables, lists: Lists) -> Read:
    return _Reader(tables, lists).read()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class _Reader:
    def __init__(self, tables: Tables, lists: Lists) -> None:
        self._tables = tables
        self._lists = lists
        self._out = Read(faults=list(tables.faults))
        self._children: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for links in MANY.values():
            for link in links:
                key = f"{link.table}.{link.column}"
                for row in tables.rows[link.table]:
                    if row[link.column]:
                        self._children[key][row[link.column]].append(row)
        self._by_id = {
            table: {row["id"]: row for row in tables.rows[table]}
            for table in ("location", "taxonomy_term")
        }

    def read(self) -> Read:
        for row, own in self._records("organization"):
            values = self._texts(row, OF_PARTNER, "organization")
            values |= self._phone(row, "phone.organization_id")
            self._out.partners.append(Said("organization", row["row"], own, values))
        partner_of: dict[str, UUID | None] = {}
        for row, own in self._records("service"):
            partner_of[row["id"]] = _uuid(row["organization_id"])
            if row["status"] and row["status"] not in STATUSES:
                self._fault(RowProblem.BAD_STATUS, row, row["status"], table="service")
                continue
            said = Said("service", row["row"], own, self._service(row), partner_of[row["id"]])
            self._out.services.append(said)
        for row, own in self._records("contact"):
            partner = _uuid(row["organization_id"]) or partner_of.get(row["service_id"])
            values = self._texts(row, OF_CONTACT, "contact")
            values |= self._phone(row, "phone.contact_id")
            self._out.contacts.append(Said("contact", row["row"], own, values, partner))
        return self._out

    def _records(self, table: str) -> list[tuple[Row, UUID]]:
        """The rows with an id of their own and a name."""
        found: dict[UUID, Row] = {}
        for row in self._tables.rows[table]:
            own, name = _uuid(row["id"]), clean_name(row["name"])
            if own is None:
                self._fault(RowProblem.NO_ID, row, name or row["id"], table=table)
            elif own in found:
                self._fault(RowProblem.DOUBLE_ID, row, name, table=table)
            elif not name:
                self._fault(RowProblem.NO_NAME, row, table=table)
            else:
                found[own] = row
        return [(row, own) for own, row in found.items()]

    def _fault(self, problem: RowProblem, row: Row, about: str = "", *, table: str) -> None:
        self._out.faults.append(Fault(problem, table, row["row"], about))

    def _texts(self, row: Row, names: dict[str, str], table: str) -> Values:
        return {
            name: clean_name(row[column])
            for column, name in names.items()
            if self._tables.speaks_of(table, column)
        }

    def _of(self, row: Row, table: str, column: str = "service_id") -> list[Row]:
        return self._children[f"{table}.{column}"].get(row["id"], [])

    def _phone(self, row: Row, key: str) -> Values:
        if not self._tables.speaks_of("phone"):
            return {}
        numbers = [phone_of(phone["number"]) for phone in self._children[key].get(row["id"], ())]
        return {"phone": next(filter(None, numbers), "")}

    def _service(self, row: Row) -> Values:
        speaks_of = self._tables.speaks_of
        values = self._texts(row, OF_SERVICE, "service") | self._phone(row, "phone.service_id")
        if row["status"] in ENDED:
            values["retired"] = True
        if speaks_of("service_at_location"):
            values |= self._address(row)
        if speaks_of("service_area"):
            values["area"] = self._area(row)
        if speaks_of("language"):
            values["languages"] = self._languages(row)
        if speaks_of("schedule"):
            values["hours"] = self._hours(row)
        if speaks_of("url"):
            values["social_map"] = self._social_map(row)
        if speaks_of("attribute"):
            values |= self._terms(row)
        if speaks_of("required_document"):
            values["documents"] = self._documents(row)
        if not values.get("fee") and (fee := self._fee(row)):
            values["fee"] = fee
        return values

    def _address(self, row: Row) -> Values:
        for at in self._of(row, "service_at_location"):
            place = self._by_id["location"].get(at["location_id"], {})
            for address in self._of(place, "address", "location_id") if place else ():
                return {name: clean_name(address[column]) for column, name in OF_ADDRESS.items()}
        return dict.fromkeys(OF_ADDRESS.values(), "")

    def _area(self, row: Row) -> str:
        names = [clean_name(area["name"]) for area in self._of(row, "service_area")]
        while len(", ".join(names)) > (_MOST_AREA or 0) and len(names) > 1:
            names.pop()
        if len(names) < len(self._of(row, "service_area")):
            self._fault(RowProblem.SHORTENED, row, row["name"], table="service")
        return ", ".join(names)

    def _languages(self, row: Row) -> list[str]:
        codes = set()
        for language in self._of(row, "language"):
            code = language["code"].strip().lower()
            known = code if code in Language.values else read_language(code)
            known = known or read_language(language["name"])
            if known:
                codes.add(known)
            else:
                about = clean_name(language["name"] or code)
                self._fault(RowProblem.UNKNOWN_LANGUAGE, row, about, table="service")
        return [code for code in Language.values if code in codes]

    def _hours(self, row: Row) -> list[tuple[int, str, str]]:
        hours: dict[tuple[int, str], tuple[int, str, str]] = {}
        for schedule in self._of(row, "schedule"):
            days = [day.strip().upper() for day in schedule["byday"].split(",")]
            opens = _CLOCK.fullmatch(schedule["opens_at"].strip())
            closes = _CLOCK.fullmatch(schedule["closes_at"].strip())
            weekly = schedule["freq"] in {"", "WEEKLY"} and schedule["interval"] in _ONCE
            if not (weekly and opens and closes and set(days) <= set(DAYS)):
                self._fault(RowProblem.BAD_HOURS, row, row["name"], table="service")
                continue
            first, last = f"{opens[1]}:{opens[2]}", f"{closes[1]}:{closes[2]}"
            if first >= last:
                self._fault(RowProblem.BAD_HOURS, row, f"{first}-{last}", table="service")
                continue
            for day in map(DAYS.index, days):
                hours.setdefault((day, first), (day, first, last))
        return sorted(hours.values())

    def _social_map(self, row: Row) -> str:
        for link in self._of(row, "url"):
            if link["label"] == SOCIAL_MAP or _host(link["url"]).endswith(SOCIAL_MAP_HOST):
                return clean_name(link["url"])
        return ""

    def _terms(self, row: Row) -> Values:
        """Themes that we know, by what they were called from the start or by name."""
        themes, by_appointment = set(), False
        for attribute in self._of(row, "attribute", "link_id"):
            term = self._by_id["taxonomy_term"].get(attribute["taxonomy_term_id"])
            if term is None:
                continue
            if term["code"] == BY_APPOINTMENT:
                by_appointment = True
            elif theme := self._lists.theme(term["code"], term["name"]):
                themes.add(theme)
            else:
                about = clean_name(term["name"])
                self._fault(RowProblem.UNKNOWN_THEME, row, about, table="service")
        return {"themes": themes, "by_appointment": by_appointment}

    def _documents(self, row: Row) -> set[int]:
        found = set()
        for paper in self._of(row, "required_document"):
            if known := self._lists.document(paper["document"]):
                found.add(known)
            else:
                about = clean_name(paper["document"])
                self._fault(RowProblem.UNKNOWN_DOCUMENT, row, about, table="service")
        return found

    def _fee(self, row: Row) -> str:
        said = []
        for option in self._of(row, "cost_option"):
            money = f"{option['currency'].upper()} {option['amount']}" if option["amount"] else ""
            words: list[Any] = [option["option"], option["amount_description"] or money]
            said.append(clean_name(" ".join(filter(None, words))))
        return "; ".join(filter(None, said))


_ONCE = frozenset({"", "1", "1.0"})


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
