"""One field of one row, for a machine and for a reader; never the name of another person.

Colleagues stand here as their role, another household as nobody. What somebody wrote in free words
(a note, what is still to do, a message) is given as it was written, and may speak of others.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from people.models import Household, HouseholdImport
from stek.everything.links import LEFT_OUT, LINKS, fields_of
from stek.everything.words import WORDS


@dataclass(frozen=True)
class Value:
    """`raw` goes into the JSON, `text` on paper; `label` is empty for what a reader can't use."""

    key: str
    label: str
    raw: Any
    text: str


@dataclass(frozen=True)
class Reader:
    """Reads rows about one household; `roles` are those of the colleagues of its STEK."""

    household: Household
    roles: Mapping[int, str]

    def role(self, user_id: int | None) -> str | None:
        """The code of a role; "colleague" of who holds none here any more."""
        return None if user_id is None else self.roles.get(user_id, "colleague")

    def row(self, row: models.Model) -> tuple[Value, ...]:
        """Every classified field, in the order in which the words for a reader stand."""
        model = row._meta.label
        kept = [name for name in WORDS[model] if f"{model}.{name}" not in LEFT_OUT]
        known = set(fields_of(model))
        return tuple(
            self._value(row, row._meta.get_field(name), str(WORDS[model][name]))
            for name in kept
            if name in known
        )

    def _value(self, row: models.Model, field: Any, label: str) -> Value:
        if field.many_to_many:
            names = [str(one) for one in getattr(row, field.name).all()]
            return Value(field.name, label, names, ", ".join(names))
        if isinstance(field, models.ForeignKey):
            raw, text = self._pointed_at(row, field)
            return Value(field.name, label, raw, text)
        value = getattr(row, field.attname)
        if field.choices and value not in {None, ""}:
            shown = str(dict(field.flatchoices).get(value, value))
            return Value(field.name, label, as_json(value), shown)
        return Value(field.name, label, as_json(value), as_text(value))

    def _pointed_at(self, row: models.Model, field: Any) -> tuple[Any, str]:
        """A colleague is a role, a row of this household its number, anything else its name."""
        key = getattr(row, field.attname)
        if key is None:
            return None, ""
        target = field.related_model
        if target is User:
            role = self.role(key)
            return {"role": role}, role_word(role)
        if target is Household:
            return (
                (self.household.number, str(self.household.number))
                if (key == self.household.pk)
                else (None, _("een ander huishouden"))
            )
        if target._meta.label in LINKS or target is type(row):
            return key, ""
        there = getattr(row, field.name)
        if target is HouseholdImport:  # its name is that of a file, which may name somebody
            return as_json(there.created_at), as_text(there.created_at)
        return str(there), str(there)


def role_word(role: str | None) -> str:
    """What a role is called; without one it was a partner or the machine."""
    if role is None:
        return ""
    return str(dict(Role.choices).get(role, _("collega")))


def as_json(value: Any) -> Any:
    """Moments in UTC, days as 2026-03-21, amounts and keys as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return value


def as_text(value: Any) -> str:
    """As a person says it; what is empty or false says nothing."""
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return _("ja")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "d/m/Y G\\ui")
    if isinstance(value, dt.date):
        return date_format(value, "d/m/Y")
    if isinstance(value, dict | list):
        return ", ".join(filter(None, map(as_text, _leaves(value))))
    return str(value)


def _leaves(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    found: list[Any] = []
    for one in inner:
        found += _leaves(one) if isinstance(one, dict | list) else [one]
    return found
