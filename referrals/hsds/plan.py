"""What reading a file in would do: which partners, services and contacts are new or change."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from people.imports.values import read_phone
from places.models import Partner, Stek
from referrals.hsds.faults import Fault, RowProblem
from referrals.hsds.known import Known
from referrals.hsds.lists import Lists
from referrals.hsds.names import TABLE_WORDS
from referrals.hsds.reading import Read, Said, read
from referrals.hsds.tables import Tables
from referrals.hsds.values import Values
from referrals.models import Contact, DirectoryImport, Service

#: Kept in rows of their own.
BESIDE = frozenset({"hours", "themes", "documents"})
_HOURS = _("uren")


@dataclass
class Planned:
    """One row of ours: the unsaved row as it will be, and what changes in it."""

    said: Said
    instance: Any
    changed: Values
    is_new: bool

    @property
    def kind_word(self) -> str:
        return str(TABLE_WORDS[self.said.table])

    @property
    def partner_name(self) -> str:
        """Whose it is; empty for a partner itself."""
        return "" if isinstance(self.instance, Partner) else self.instance.partner.name

    @property
    def field_words(self) -> list[str]:
        """What changes, in the words of the page."""
        fields = self.instance._meta
        return sorted(
            str(_HOURS if name == "hours" else fields.get_field(name).verbose_name)
            for name in self.changed
        )


@dataclass
class Plan:
    """Everything that would be new or change, and what is left out."""

    partners: list[Planned] = field(default_factory=list)
    services: list[Planned] = field(default_factory=list)
    contacts: list[Planned] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def all(self) -> list[Planned]:
        return [*self.partners, *self.services, *self.contacts]

    @cached_property
    def new(self) -> list[Planned]:
        return [one for one in self.all if one.is_new]

    @cached_property
    def changed(self) -> list[Planned]:
        return [one for one in self.all if not one.is_new]

    @cached_property
    def left_out(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.leaves_out]

    @cached_property
    def details(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.leaves_out]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "left_out": len(self.left_out),
        }

    @cached_property
    def fingerprint(self) -> str:
        """Another one as soon as reading in would do something else."""
        rows = [
            (one.said.table, str(one.said.own), one.instance.pk, one.is_new, one.changed)
            for one in self.all
        ]
        text = json.dumps([rows, self.counts], sort_keys=True, default=_plain)
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def make_plan(tables: Tables, stek: Stek) -> Plan:
    """Compare with what there is now; writes nothing."""
    said = read(tables, Lists.of(stek))
    return _Planner(said, Known.of(stek), stek).plan()


def plan_of(draft: DirectoryImport) -> Plan:
    """What reading this file in would do now."""
    return make_plan(Tables.from_json(draft.table), draft.stek)


class _Planner:
    def __init__(self, said: Read, known: Known, stek: Stek) -> None:
        self._said = said
        self._known = known
        self._stek = stek
        self._plan = Plan(faults=list(said.faults))
        #: The partner of the file, as it will be with us.
        self._partners: dict[UUID, Partner] = {}

    def plan(self) -> Plan:
        for said in self._said.partners:
            partner = self._known.partner(said) or Partner(stek=self._stek, hsds_id=said.own)
            if self._take(said, partner, self._plan.partners, self._known.partner_names, None):
                self._partners[said.own] = partner
        for said in self._said.services:
            if owner := self._partner(said):
                self._service(said, owner)
        for said in self._said.contacts:
            if owner := self._partner(said):
                contact = self._known.contact(said, owner)
                contact = contact or Contact(partner=owner, hsds_id=said.own)
                self._take(said, contact, self._plan.contacts, None, owner)
        return self._plan

    def _service(self, said: Said, partner: Partner) -> None:
        service = self._known.service(said, partner)
        if service and service.partner_id != partner.pk:
            self._fault(RowProblem.OTHER_PARTNER, said)
            return
        row = service or Service(stek=self._stek, partner=partner, hsds_id=said.own)
        self._take(said, row, self._plan.services, self._known.service_names, partner)

    def _partner(self, said: Said) -> Partner | None:
        """The one that this belongs to: of the file, or else one of ours."""
        partner = None
        if said.partner:
            partner = self._partners.get(said.partner)
            if partner is None and said.partner not in self._file_partners:
                partner = self._known.partners.get(said.partner)
        if partner is None:
            self._fault(RowProblem.NO_ORGANIZATION, said)
        return partner

    @cached_property
    def _file_partners(self) -> set[UUID]:
        return {said.own for said in self._said.partners}

    def _fault(self, problem: RowProblem, said: Said, about: str = "") -> None:
        about = about or said.values.get("name", "")
        self._plan.faults.append(Fault(problem, said.table, said.row, about))

    def _take(
        self,
        said: Said,
        row: Any,
        into: list[Planned],
        names: dict[Any, Any] | None,
        partner: Partner | None,
    ) -> bool:
        """Plan one row, unless something is wrong with it."""
        if not self._known.claim(row):
            self._fault(RowProblem.NAME_TAKEN, said)
            return False
        current = self._known.values_of(row)
        wanted = self._shortened(said, row)
        changed = {name: value for name, value in wanted.items() if current[name] != value}
        if row.pk is not None and not changed:
            self._plan.same += 1
            return True
        if names is not None and "name" in changed:
            key = (partner and partner.hsds_id, changed["name"])
            if names.setdefault(key, row.hsds_id) != row.hsds_id:
                self._fault(RowProblem.NAME_TAKEN, said)
                return False
        for name in changed.keys() - BESIDE:
            setattr(row, name, changed[name])
        if wrong := _wrong(row, changed):
            problem, about = wrong
            self._fault(problem, said, f"{said.values.get('name', '')}: {about}")
            return False
        into.append(Planned(said, row, changed, is_new=row.pk is None))
        return True

    def _shortened(self, said: Said, row: Any) -> Values:
        """Long texts of others cut at a word; a name never is."""
        wanted = dict(said.values)
        for name, value in said.values.items():
            if name == "name" or not isinstance(value, str):
                continue
            column = row._meta.get_field(name)
            most = column.max_length
            if type(column) is CharField and name != "phone" and most and len(value) > most:
                wanted[name] = value[: most - 1].rsplit(" ", 1)[0].rstrip() + "…"
                self._fault(RowProblem.SHORTENED, said, str(column.verbose_name))
        return wanted


def _wrong(row: Any, changed: Iterable[str]) -> tuple[RowProblem, str] | None:
    """What no form of ours would take either."""
    checked = {*changed} - BESIDE
    everything = {column.name for column in row._meta.fields}
    try:
        row.clean_fields(exclude=everything - checked)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = row._meta.get_field(name).verbose_name
        return RowProblem.BAD_FIELD, f"{label}: {' '.join(messages)}"
    if "phone" in checked and row.phone and read_phone(row.phone) is None:
        return RowProblem.BAD_PHONE, "".join(filter(str.isprintable, row.phone))
    return None
