"""Who comes to the table on a day: the pattern, what was changed, and what colleagues answered."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

from accounts.models import Membership, User
from accounts.roles import Role
from places.models import SitterKind, Stek
from places.planning import Pattern, PlannedDay, Sitter
from visits.models import TableReply


class Because(Enum):
    """Why somebody is expected at the table."""

    PATTERN = "pattern"
    #: A colleague noted their name for this date.
    NOTED = "noted"
    #: They said "ik kom" themselves.
    OFFERED = "offered"


@dataclass(frozen=True)
class AtTable:
    """Somebody of whom the plan or their own word says whether they come."""

    who: str
    kind: str
    because: Because
    #: The colleague behind this name, if there is one.
    user_id: int | None = None
    #: Of a partner: who of its people said that they come.
    people: tuple[User, ...] = ()
    #: Absent by their own answer; else a colleague noted it.
    said_no: bool = False

    @property
    def is_noted(self) -> bool:
        return self.because is Because.NOTED

    @property
    def is_offered(self) -> bool:
        return self.because is Because.OFFERED

    @property
    def user_ids(self) -> set[int]:
        """The colleagues who are meant: the one of this name, or the people of the partner."""
        own = {self.user_id} if self.user_id is not None else set()
        return own | {one.pk for one in self.people}

    @property
    def is_volunteer(self) -> bool:
        return self.kind == SitterKind.VOLUNTEER


@dataclass(frozen=True)
class Gap:
    """Nobody where somebody is expected; without `who` there is nobody at the table at all."""

    day: dt.date
    who: str = ""
    kind: str = ""

    @property
    def is_partner(self) -> bool:
        return self.kind == SitterKind.PARTNER


@dataclass(frozen=True)
class TableDay:
    """One date of the plan, with who comes and who does not after everybody's word."""

    plan: PlannedDay
    coming: tuple[AtTable, ...]
    absent: tuple[AtTable, ...]
    #: Colleagues outside the plan who said that they can't, by name.
    declined: tuple[str, ...]
    #: What was answered, by user id.
    answers: Mapping[int, bool]

    @property
    def day(self) -> dt.date:
        return self.plan.day

    def said_by(self, user_id: int) -> bool | None:
        """What this colleague answered, or nothing yet."""
        return self.answers.get(user_id)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Who of the pattern is missed, with nobody in their place.

        A volunteer is replaced by another who said "ik kom", anybody by a name that was noted for
        this date: whoever noted it decided that this will do.
        """
        if not self.plan.is_open:
            return ()
        offered = sum(one.is_offered and one.is_volunteer for one in self.coming)
        noted = sum(one.is_noted for one in self.coming)
        found = []
        for one in self.absent:
            if one.is_noted:
                continue
            if one.is_volunteer and offered:
                offered -= 1
            elif noted:
                noted -= 1
            else:
                found.append(Gap(self.day, one.who, one.kind))
        return tuple(found if self.coming else [*found, Gap(self.day)])


@dataclass(frozen=True)
class TablePlan:
    """The dates of a period on which the place opens, or would have, and the team of then."""

    days: tuple[TableDay, ...]
    team: tuple[Membership, ...]

    @classmethod
    def of(cls, stek: Stek, first: dt.date, last: dt.date) -> Self:
        """Seven queries, whatever the length of the period."""
        said = _Said.of(stek, first, last)
        dates = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        plans = (said.pattern.on(day) for day in dates)
        return cls(tuple(said.about(plan) for plan in plans if plan.is_planned), said.team)

    @classmethod
    def on(cls, stek: Stek, day: dt.date) -> Self:
        """One date, also when nothing is planned on it."""
        said = _Said.of(stek, day, day)
        return cls((said.about(said.pattern.on(day)),), said.team)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for day in self.days for gap in day.gaps)


def gaps(stek: Stek, first: dt.date, last: dt.date) -> tuple[Gap, ...]:
    """Where nobody sits who is expected, in date order; for the agenda and the week."""
    return TablePlan.of(stek, first, last).gaps


def speaks_for(membership: Membership, who: str, team: Iterable[Membership]) -> bool:
    """Whether the plan means this colleague by `who`, or the partner that they work for."""
    if (meant := _called(who, team)) is not None:
        return meant == membership
    return membership.partner is not None and membership.partner.name.casefold() == who.casefold()


def _called(who: str, team: Iterable[Membership]) -> Membership | None:
    """The colleague of this full name, else of this first name if no other has it."""
    name, team = who.casefold(), list(team)
    found = [one for one in team if str(one.user).casefold() == name]
    found = found or [one for one in team if one.user.first_name.casefold() == name]
    return found[0] if len(found) == 1 else None


def _kind_of(membership: Membership) -> str:
    if membership.partner is not None:
        return SitterKind.PARTNER
    if membership.role == Role.COMMUNITY_WORKER:
        return SitterKind.COMMUNITY_WORKER
    return SitterKind.VOLUNTEER


@dataclass(frozen=True)
class _Said:
    """Everything that is known about a period, to compose each day from."""

    pattern: Pattern
    team: tuple[Membership, ...]
    replies: Sequence[TableReply]

    @classmethod
    def of(cls, stek: Stek, first: dt.date, last: dt.date) -> Self:
        team = Membership.objects.of_stek(stek).current(first).with_partner()
        replies = TableReply.objects.of_stek(stek).between(first, last)
        return cls(Pattern.of(stek, first, last), tuple(team), list(replies))

    def about(self, plan: PlannedDay) -> TableDay:
        day = plan.day
        team = [one for one in self.team if one.last_day is None or one.last_day >= day]
        answers = {reply.user_id: reply.comes for reply in self.replies if reply.day == day}
        noted = {c.who for c in self.pattern.table_changes if c.day == day and c.comes}
        own = {
            sitter.who: [one for one in team if speaks_for(one, sitter.who, team)]
            for sitter in (*plan.sitters, *plan.missing)
        }
        expected = [
            _expected(sitter, own[sitter.who], answers, is_noted=sitter.who in noted)
            for sitter in plan.sitters
        ]
        missing = [_expected(sitter, own[sitter.who], {}) for sitter in plan.missing]
        spoken = {one.user_id for people in own.values() for one in people}
        others = [one for one in team if one.user_id not in spoken]
        offered = [_offered(one) for one in others if answers.get(one.user_id) is True]
        return TableDay(
            plan=plan,
            coming=tuple(one for one in [*expected, *offered] if not one.said_no),
            absent=tuple(one for one in [*expected, *missing] if one.said_no or one in missing),
            declined=tuple(str(one.user) for one in others if answers.get(one.user_id) is False),
            answers=answers,
        )


def _expected(
    sitter: Sitter,
    own: Sequence[Membership],
    answers: Mapping[int, bool],
    *,
    is_noted: bool = False,
) -> AtTable:
    """`own`: the colleague behind the name, or the people of the partner.

    A partner stays away when all its people said so: who is silent may still come.
    """
    people = sitter.kind == SitterKind.PARTNER
    return AtTable(
        who=sitter.who,
        kind=sitter.kind,
        because=Because.NOTED if is_noted else Because.PATTERN,
        user_id=own[0].user_id if own and not people else None,
        people=tuple(one.user for one in own if people and answers.get(one.user_id) is True),
        said_no=bool(own) and all(answers.get(one.user_id) is False for one in own),
    )


def _offered(membership: Membership) -> AtTable:
    return AtTable(
        who=str(membership.user),
        kind=_kind_of(membership),
        because=Because.OFFERED,
        user_id=membership.user_id,
    )
