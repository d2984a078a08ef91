"""Who looked: at a household with all that hangs on it, or one colleague at whatever; in words."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.log_querysets import AuditEventQuerySet
from accounts.log_words import VERBS
from accounts.models import AuditEvent, Membership, User
from forms_help.models import FollowUp, Question
from people.models import GroceryAccess, Household
from referrals.models import Referral
from visits.days import start_of
from visits.models import Visit

PER_PAGE = 50


@dataclass(frozen=True)
class Span:
    """The days that are looked at, both ends included; empty: as far as the log goes."""

    first: dt.date | None = None
    last: dt.date | None = None

    def of(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        if self.first:
            events = events.since(start_of(self.first))
        if self.last:
            events = events.before(start_of(self.last + dt.timedelta(days=1)))
        return events


@dataclass(frozen=True)
class Look:
    """One line: when, who, what, and of which household, as far as it was one."""

    at: dt.datetime
    who: str
    what: str
    about: str
    number: int | None
    household_id: int | None


@dataclass(frozen=True)
class Looked:
    """One page; `next_key` asks for what came before it, and is empty on the last page."""

    lines: tuple[Look, ...]
    next_key: str

    @classmethod
    def at_household(
        cls, household: Household, membership: Membership, *, span: Span, key: str = ""
    ) -> "Looked":
        """Also at what was merged into it, and at its questions and referrals; ten queries."""
        events = AuditEvent.objects.reads().of_stek(membership.stek_id)
        return cls._page(span.of(events.on_rows(_rows_of(household))), key)

    @classmethod
    def by_colleague(
        cls, user_id: int, membership: Membership, *, span: Span, key: str = ""
    ) -> "Looked":
        """In this STEK only; seven queries."""
        events = AuditEvent.objects.of_stek(membership.stek_id).reads().by_user(user_id)
        return cls._page(span.of(events), key)

    @classmethod
    def _page(cls, events: AuditEventQuerySet, key: str) -> "Looked":
        if (after := _read_key(key)) is not None:
            events = events.beyond(*after)
        found = list(events.latest_first()[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        more = len(found) > PER_PAGE
        return cls(_lines(shown), _key_of(shown[-1]) if more else "")


def _key_of(event: AuditEvent) -> str:
    return f"{event.at:%Y-%m-%dT%H:%M:%S.%fZ}_{event.pk}"


def _read_key(key: str) -> tuple[dt.datetime, int] | None:
    """None for what is no key: then the first page is shown."""
    moment, _sign, number = key.partition("_")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not (number.isascii() and number.isdigit()):
        return None
    return (at, int(number)) if len(number) < 19 else None


def _rows_of(household: Household) -> dict[str, Collection[int]]:
    """The household, those merged into it, and what of it can be opened by itself."""
    pk = household.pk
    absorbed = household.absorbed.values_list("pk", flat=True)
    questions = Question.objects.filter(visit__household=pk).values_list("pk", flat=True)
    return {
        "household": [pk, *absorbed],
        "question": list(questions),
        "visit": list(Visit.objects.filter(household=pk).values_list("pk", flat=True)),
        "referral": list(Referral.objects.filter(household=pk).values_list("pk", flat=True)),
        "followup": list(FollowUp.objects.filter(household=pk).values_list("pk", flat=True)),
        "groceryaccess": list(
            GroceryAccess.objects.filter(household=pk).values_list("pk", flat=True)
        ),
    }


#: From a row that was opened to the household it is of.
_TO_HOUSEHOLD = {
    "question": (Question, "visit__household"),
    "visit": (Visit, "household"),
    "referral": (Referral, "household"),
    "followup": (FollowUp, "household"),
    "groceryaccess": (GroceryAccess, "household"),
}


def _lines(events: Collection[AuditEvent]) -> tuple[Look, ...]:
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=_actors(events))}
    households = _households(events)
    numbers = dict(
        Household.objects.filter(pk__in=set(households.values())).values_list("pk", "number")
    )
    return tuple(
        Look(
            at=event.at,
            who=_who(event, names),
            what=str(VERBS.get(event.verb, event.verb)),
            about=_about(event),
            number=numbers.get(households.get((event.subject_type, event.subject_id), 0)),
            household_id=households.get((event.subject_type, event.subject_id)),
        )
        for event in events
    )


def _actors(events: Iterable[AuditEvent]) -> set[int]:
    return {event.actor_id for event in events if event.actor_id is not None}


def _who(event: AuditEvent, names: Mapping[int, str]) -> str:
    if event.actor_id is None:
        return _("een partner, met zijn link")
    return names.get(event.actor_id, _("iemand die er niet meer is"))


def _about(event: AuditEvent) -> str:
    """What kind of thing it was; nothing for a list."""
    if event.subject_type in {"", "household"}:
        return ""
    for model in apps.get_models():
        if model._meta.model_name == event.subject_type:
            return str(model._meta.verbose_name)
    return ""


def _households(events: Iterable[AuditEvent]) -> dict[tuple[str, int | None], int]:
    """The household of what was looked at; one query for each kind of row on the page."""
    by_type: dict[str, set[int]] = {}
    found: dict[tuple[str, int | None], int] = {}
    for event in events:
        if event.subject_type == "household" and event.subject_id is not None:
            found["household", event.subject_id] = event.subject_id
        elif event.subject_id is not None:
            by_type.setdefault(event.subject_type, set()).add(event.subject_id)
    for subject_type, (model, path) in _TO_HOUSEHOLD.items():
        if ids := by_type.get(subject_type):
            rows = model._base_manager.filter(pk__in=ids, **{f"{path}__isnull": False})
            for pk, household_id in rows.values_list("pk", path):
                found[subject_type, pk] = household_id
    return found
