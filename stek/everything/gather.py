"""Gathers everything about one household, from the classification and the declared links.

Every classified field of every kind of row that leads to the household is in it; what is left out
stands in `LEFT_OUT` with the reason. Names of colleagues and of other households are never in it.
What is in free words is given as it was written, and may speak of others: whoever hands the paper
over reads it first.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.log_words import VERBS
from accounts.models import AuditEvent, Membership, User
from people.models import Household
from people.names import short_name
from stek.everything import pointers
from stek.everything.links import LINKS, SECOND_WAYS
from stek.everything.values import Reader, Value, role_word
from stek.everything.words import TITLES

#: Of the form of the JSON; it goes up when a key changes its meaning or goes away.
VERSION = 1


@dataclass(frozen=True)
class Part:
    """The rows of one kind, the oldest first."""

    model: str
    title: str
    rows: tuple[tuple[Value, ...], ...]

    @property
    def key(self) -> str:
        return self.model.lower()


@dataclass(frozen=True)
class Look:
    """One line of the log: who did or saw what. `role` is empty for a partner or the machine."""

    at: dt.datetime
    is_read: bool
    role: str
    #: First name and initial of a colleague.
    name: str
    verb: str
    what: str
    about: str

    @property
    def who(self) -> str:
        if not self.role:
            return _("een partner") if self.is_read else _("vanzelf, door de machine")
        return f"{role_word(self.role)} ({self.name})" if self.name else role_word(self.role)


@dataclass(frozen=True)
class Everything:
    household: Household
    made_at: dt.datetime
    parts: tuple[Part, ...]
    log: tuple[Look, ...]

    @classmethod
    def of(cls, household: Household, *, now: dt.datetime) -> "Everything":
        """A fixed number of questions for each kind of row, however long somebody has come."""
        reader = Reader(household, dict(Membership.objects.roles_of(household.stek)))
        found = {model: _rows(model, path, household) for model, path in LINKS.items()}
        ids = {model: [row.pk for row in rows] for model, rows in found.items()}
        found["accounts.OutgoingMail"] = list(pointers.mails(household, ids))
        found["reviews.Decision"] = list(pointers.decisions(household, ids))
        found["reports.Export"] = list(pointers.exports(household))
        ids["reviews.Decision"] = [row.pk for row in found["reviews.Decision"]]
        parts = tuple(
            Part(model, str(title), tuple(map(reader.row, found[model])))
            for model, title in TITLES.items()
            if found[model]
        )
        events = pointers.log_of(household, ids)
        return cls(household, now, parts, tuple(_looks(events, reader)))


def _rows(model: str, path: str, household: Household) -> list[Any]:
    """With everything that a row is called by at hand."""
    kind: Any = apps.get_model(model)
    named = [
        field.name
        for field in kind._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model not in {User, Household}
        and field.related_model._meta.label not in LINKS
    ]
    lists = [field.name for field in kind._meta.many_to_many]
    about = Q(**{path: household.pk})
    if second := SECOND_WAYS.get(model):
        about |= Q(**{second: household.pk})
    rows = kind._base_manager.filter(about).order_by("pk")
    return list(rows.select_related(*named).prefetch_related(*lists) if named else rows)


def _looks(events: Iterable[AuditEvent], reader: Reader) -> Iterable[Look]:
    rows = list(events)
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id is not None})
    kinds = {str(m._meta.model_name): str(m._meta.verbose_name) for m in apps.get_models()}
    for row in rows:
        who = people.get(row.actor_id) if row.actor_id is not None else None
        yield Look(
            at=row.at,
            is_read=row.kind == AuditEvent.Kind.READ,
            role=reader.role(row.actor_id) or "",
            name=short_name(who.first_name, who.last_name) if who else "",
            verb=row.verb,
            what=str(VERBS.get(row.verb, row.verb)),
            about=kinds.get(row.subject_type, ""),
        )
