"""Who may be on duty at an opening: the team, and who is expected at the table on that day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from accounts.models import Membership
from accounts.roles import Role
from places.planning import PlannedDay
from visits.models import Opening
from visits.table_plan import TablePlan


@dataclass(frozen=True)
class Choice:
    """One tick on the opening form. `key` is what the form sends: a user id or a name."""

    key: str
    who: str
    detail: str
    ticked: bool
    user_id: int | None


@dataclass(frozen=True)
class PeopleToChoose:
    plan: PlannedDay
    choices: tuple[Choice, ...]

    def ticked_as(self, keys: Collection[str]) -> "PeopleToChoose":
        """The same people, ticked as in a form that is shown again."""
        return replace(
            self, choices=tuple(replace(one, ticked=one.key in keys) for one in self.choices)
        )


def people_to_choose(
    membership: Membership, *, day: dt.date, opening: Opening | None = None
) -> PeopleToChoose:
    """Who comes after changes and answers, and yourself, is ticked; later, who was noted."""
    plan = TablePlan.on(membership.stek, day)
    (table,) = plan.days
    noted = set(opening.attendances.values_list("who", flat=True)) if opening else None
    coming = {membership.user_id}.union(*(one.user_ids for one in table.coming))
    choices = []
    for one in plan.team:
        who = str(one.user)
        expected = one.user_id in coming
        if one.role == Role.ADMINISTRATOR and not expected:
            continue
        choices.append(
            Choice(
                key=f"user-{one.user_id}",
                who=who,
                detail=str(one.get_role_display()),
                ticked=expected if noted is None else who in noted,
                user_id=one.user_id,
            )
        )
    team = {one.who for one in choices}
    expected_names = [one.who for one in table.coming if one.user_id is None]
    missing_names = [one.who for one in table.absent if one.user_id is None]
    choices.extend(
        Choice(
            key=f"name-{who}",
            who=who,
            detail="",
            ticked=who in (expected_names if noted is None else noted),
            user_id=None,
        )
        for who in dict.fromkeys([*expected_names, *missing_names, *sorted(noted or ())])
        if who not in team
    )
    return PeopleToChoose(plan=table.plan, choices=tuple(choices))


def chosen(people: PeopleToChoose, keys: list[str], extra: str) -> list[tuple[str, int | None]]:
    """The ticked ones as (who, user id), with somebody who was typed in; unknown keys are left."""
    picked = [(one.who, one.user_id) for one in people.choices if one.key in keys]
    return [*picked, (extra, None)] if extra else picked
