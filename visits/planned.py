"""Who may be on duty at an opening: the team, and who the weekly pattern expects at the table."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from accounts.models import Membership
from accounts.roles import Role
from places.planning import PlannedDay, planned_day
from visits.models import Opening


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
    """The planned ones and yourself are ticked; after opening, those who were noted."""
    plan = planned_day(membership.stek, day)
    noted = set(opening.attendances.values_list("who", flat=True)) if opening else None
    team = Membership.objects.of_stek(membership.stek).current(day)
    choices = []
    named = set()
    for one in team:
        who = str(one.user)
        expected = one.user_id == membership.user_id or one.user.first_name in plan.at_table
        named |= {who, one.user.first_name}
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
    choices.extend(
        Choice(
            key=f"name-{who}",
            who=who,
            detail="",
            ticked=noted is None or who in noted,
            user_id=None,
        )
        for who in dict.fromkeys([*plan.at_table, *sorted(noted or ())])
        if who not in named
    )
    return PeopleToChoose(plan=plan, choices=tuple(choices))


def chosen(people: PeopleToChoose, keys: list[str], extra: str) -> list[tuple[str, int | None]]:
    """The ticked ones as (who, user id), with somebody who was typed in; unknown keys are left."""
    picked = [(one.who, one.user_id) for one in people.choices if one.key in keys]
    return [*picked, (extra, None)] if extra else picked
