"""A list that was chosen but not decided on: its cells, how its columns are read, and its plan."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from people.duplicates import DuplicateFinder
from people.imports.columns import suggest
from people.imports.person_names import PersonName
from people.imports.plan import Choices, Known, Plan, make_plan
from people.imports.rows import Context, read_rows
from people.imports.tables import Tables
from people.imports.words import Field
from people.models import Household, HouseholdImport, ImportMapping
from places.models import Stek


@dataclass(frozen=True)
class Mapping:
    """What a person decided: the field of every column, which sheets, which rows to skip."""

    fields: tuple[tuple[Field, ...], ...]
    read: tuple[bool, ...]
    choices: Choices

    def as_json(self) -> dict[str, Any]:
        return {
            "fields": [[field.value for field in fields] for fields in self.fields],
            "read": list(self.read),
            "skip": sorted(self.choices.skip),
            "keep": sorted(self.choices.keep),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Mapping":
        return cls(
            tuple(tuple(map(Field, fields)) for fields in kept["fields"]),
            tuple(kept["read"]),
            Choices(frozenset(kept["skip"]), frozenset(kept["keep"])),
        )

    def with_ticks(self, *, shown: Iterable[str], ticked: Iterable[str]) -> "Mapping":
        """Take over the ticks of the rows on the page; those on other pages stay."""
        on_page, to_skip = frozenset(shown), frozenset(ticked) & frozenset(shown)
        skip = (self.choices.skip - on_page) | to_skip
        keep = (self.choices.keep - on_page) | (on_page - to_skip)
        return replace(self, choices=Choices(skip, keep))


@dataclass(frozen=True)
class Draft:
    """The stored draft with all that follows from it, or from another mapping."""

    row: HouseholdImport
    today: dt.date
    other_mapping: Mapping | None = None

    @cached_property
    def tables(self) -> Tables:
        return Tables.from_json(self.row.table)

    @cached_property
    def mapping(self) -> Mapping:
        return self.other_mapping or Mapping.from_json(self.row.mapping)

    @cached_property
    def plan(self) -> Plan:
        stek = self.row.stek
        chosen = zip(self.tables.tables, self.mapping.fields, self.mapping.read, strict=True)
        results = read_rows(
            [(table, fields) for table, fields, read in chosen if read],
            Context(self.today, stek.town),
        )
        known, erased = known_households(stek)
        finder = DuplicateFinder(stek)
        return make_plan(results, known, self.mapping.choices, finder=finder, taken=erased)


def known_households(stek: Stek) -> tuple[list[Known], list[int]]:
    """All households of a STEK as the plan needs them, and the numbers of the erased ones."""
    known, erased = [], []
    for row in Household.objects.of_stek(stek).order_by("number").select_related("merged_into"):
        who = row.merged_into or row
        if who.erased_at is not None:
            erased.append(row.number)
        else:
            name = PersonName(who.first_name, who.last_name)
            is_old = row.merged_into_id is not None
            known.append(
                Known(row.number, name, who.adults, who.children, who.phone, is_old_number=is_old)
            )
    return known, erased


def first_mapping(stek: Stek, tables: Tables) -> Mapping:
    """Read every sheet as this STEK read a list with these headings before, or as we suggest."""
    signatures = [table.signature for table in tables.tables]
    remembered = dict(
        ImportMapping.objects.filter(stek=stek, signature__in=signatures).values_list(
            "signature", "mapping"
        )
    )
    fields = []
    for table, signature in zip(tables.tables, signatures, strict=True):
        kept = remembered.get(signature, {}).get("fields")
        fields.append(tuple(map(Field, kept)) if kept else tuple(suggest(table.headings)))
    return Mapping(tuple(fields), (True,) * len(fields), Choices())


def earlier_imports(stek: Stek) -> QuerySet:
    """The last lists of a STEK, without those that were left unread; their cells stay unread."""
    kept = HouseholdImport.objects.of_stek(stek).exclude(state=HouseholdImport.State.CANCELLED)
    return kept.select_related("created_by", "confirmed_by").defer("table", "mapping")[:20]
