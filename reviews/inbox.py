"""The inbox: what waits from every source, what was decided on it, and how much is left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Q, QuerySet, Value, When, Window

from accounts.models import Membership
from accounts.roles import RECORD
from reviews.kinds import Kind, What
from reviews.models import Decision
from reviews.sources import SOURCES, Item, Look, Source
from visits.days import current_day, start_of
from visits.period import week_of

#: Lines of one kind; and when somebody asks for all of them.
LINES, MOST_LINES = 8, 200


@dataclass(frozen=True)
class Group:
    """The lines of one kind; `more` wait beyond them."""

    source: Source
    items: tuple[Item, ...]
    more: int

    @property
    def kind(self) -> Kind:
        return self.source.kind

    @property
    def open(self) -> int:
        """How many are still to do, those out of sight included."""
        return sum(not item.is_ticked for item in self.items) + self.more


@dataclass(frozen=True)
class Inbox:
    groups: tuple[Group, ...]
    #: Colleagues who can have something in hand, oneself left out.
    colleagues: tuple[Membership, ...]

    @property
    def open(self) -> int:
        return sum(group.open for group in self.groups)

    @property
    def done(self) -> int:
        return sum(item.is_ticked for group in self.groups for item in group.items)

    @classmethod
    def of(cls, membership: Membership, *, now: dt.datetime, whole: str = "") -> "Inbox":
        """One query for each source, and four for what was decided; `whole` is a kind."""
        look, team = look_of(membership, now=now, whole=whole)
        groups = [_group(source, look) for source in SOURCES.values()]
        groups = _with_decisions(groups, look)
        return cls(
            groups=tuple(group for group in groups if group.items),
            colleagues=tuple(one for one in team if one.user_id != membership.user_id),
        )


def look_of(
    membership: Membership, *, now: dt.datetime, whole: str = ""
) -> tuple[Look, list[Membership]]:
    """Three queries."""
    today = current_day(now)
    people = Membership.objects.of_stek(membership.stek).current(today)
    team = [one for one in people if one.role in RECORD]
    monday = start_of(week_of(today).first)
    ticked = defaultdict(set)
    decided = Decision.objects.visible_to(membership).current()
    for kind, subject_id in decided.since(monday).values_list("kind", "subject_id"):
        ticked[kind].add(subject_id)
    look = Look(
        membership=membership,
        now=now,
        team=frozenset(one.user_id for one in team),
        ticked={kind: frozenset(ids) for kind, ids in ticked.items()},
        decided=frozenset(decided.kinds()),
        whole=whole,
    )
    return look, team


def open_counts(membership: Membership, *, now: dt.datetime) -> dict[Kind, int]:
    """How many of each kind wait for this colleague; kinds without any are absent."""
    look, _team = look_of(membership, now=now)
    counts = {}
    for kind, source in SOURCES.items():
        rows = _waiting(source, look)
        if source.sifts:
            count = len(
                source.items(list(rows.order_by("-about_day", "-pk")[: source.sifts]), look)
            )
        else:
            count = rows.count()
        if count:
            counts[kind] = count
    return counts


def _aside(source: Source, look: Look) -> Exists:
    return Exists(
        Decision.objects.putting_aside(
            source.kind,
            membership=look.membership,
            today=look.today,
            monday=look.monday,
            team=look.team,
        )
    )


def _waiting(source: Source, look: Look) -> QuerySet[Any]:
    """What nobody ever decided on need not be looked up: that costs more than the rows."""
    rows = source.rows(look)
    return rows.filter(~_aside(source, look)) if source.kind in look.decided else rows


def _group(source: Source, look: Look) -> Group:
    """The open ones that come first, with those that were ticked this week in their place."""
    ticked = look.ticked.get(source.kind, frozenset())
    if ticked:
        rows = source.rows(look).filter(~_aside(source, look) | Q(pk__in=ticked))
        rows = rows.annotate(
            turn=Case(When(pk__in=ticked, then=Value(0)), default=Value(1)),
        )
    else:
        rows = _waiting(source, look).annotate(turn=Value(1, output_field=IntegerField()))
    if source.sifts:
        newest = list(rows.order_by("turn", "-about_day", "-pk")[: source.sifts + len(ticked)])
        return Group(source, _in_order(source, newest, look), more=0)
    most = (MOST_LINES if look.whole == source.kind else LINES) + len(ticked)
    found = list(
        rows.annotate(everything=Window(Count("pk"))).order_by("turn", "about_day", "pk")[:most]
    )
    everything = found[0].everything if found else 0
    return Group(source, _in_order(source, found, look), more=everything - len(found))


def _in_order(source: Source, rows: list[Any], look: Look) -> tuple[Item, ...]:
    items = source.items(rows, look)
    return tuple(sorted(items, key=lambda item: (item.about_day, item.subject_id)))


def _with_decisions(groups: Iterable[Group], look: Look) -> list[Group]:
    """One query: what stands on each line, and since when it comes back."""
    groups = list(groups)
    ids = {item.subject_id for group in groups for item in group.items}
    rows = Decision.objects.visible_to(look.membership).current().on_subjects(ids).with_names()
    standing = {(row.kind, row.subject_id, row.about_day): row for row in rows}

    def with_decision(source: Source, item: Item) -> Item:
        decision = standing.get((source.kind, item.subject_id, item.about_day))
        since = week_of(item.since)
        return replace(
            item,
            kind=source.kind,
            decision=decision,
            is_ticked=decision is not None and _is_ticked(decision, look),
            comes_back=since if since.first < look.week.first else None,
        )

    return [
        replace(group, items=tuple(with_decision(group.source, item) for item in group.items))
        for group in groups
    ]


def _is_ticked(decision: Decision, look: Look) -> bool:
    """Decided this week, unless it only waited until now, or a colleague gave it to you."""
    if decision.what == What.WAITS and decision.until is not None and decision.until <= look.today:
        return False
    to_me = decision.assigned_to_id == look.membership.user_id
    given = decision.what == What.ASSIGNED and to_me
    return decision.decided_at >= look.monday and not (
        given and decision.decided_by_id != look.membership.user_id
    )
