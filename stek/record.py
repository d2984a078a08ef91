"""What the record page of a household shows, gathered once."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from forms_help.models import FollowUp, Question
from people.eligibility import AccessState, Standing, renewed_until
from people.models import BudgetRule, Consent, GroceryAccess, Household, Member
from people.standing import standing_of
from referrals.models import Referral
from visits.models import Message, Visit

#: Visits on the page itself; the rest has a page of its own.
LAST_VISITS = 20
#: Questions on the page, enough to see what somebody usually comes for.
LAST_QUESTIONS = 10
LAST_REFERRALS = 10
#: A suspended access is resumed first, and one that was ended is granted anew.
RENEWABLE = frozenset({AccessState.VALID, AccessState.EXPIRING, AccessState.EXPIRED})


@dataclass(frozen=True)
class Record:
    """`renew_until` is None when one button can't renew; `budget` when this STEK has no rule."""

    standing: Standing
    access: GroceryAccess | None
    renew_until: dt.date | None
    history: tuple[GroceryAccess, ...]
    members: tuple[Member, ...]
    visits: tuple[Visit, ...]
    more_visits: bool
    questions: tuple[Question, ...]
    follow_ups: tuple[FollowUp, ...]
    #: The newest first; the timeline has the rest.
    referrals: tuple[Referral, ...]
    #: Those that let a partner be told something today.
    consents: tuple[Consent, ...]
    message: Message | None
    budget: Decimal | None
    budget_period: str

    @classmethod
    def of(cls, household: Household, *, today: dt.date) -> "Record":
        """Eleven queries; `household` comes with its access and its STEK."""
        stek, access = household.stek, household.access
        now = standing_of(household, day=today, stek=stek)
        # One more than is shown says whether there are more, without counting them all.
        visits = Visit.objects.of_household(household.pk).by_day()[: LAST_VISITS + 1]
        rule = BudgetRule.objects.in_force(stek)
        step = access.budget_step if access else None
        return cls(
            standing=now,
            access=access,
            renew_until=renewed_until(access, today=today, months=stek.access_months)
            if access and now.state in RENEWABLE
            else None,
            history=tuple(GroceryAccess.objects.history_of(household)),
            members=tuple(household.members.all()),
            visits=tuple(visits)[:LAST_VISITS],
            more_visits=len(visits) > LAST_VISITS,
            questions=tuple(
                Question.objects.counted().of_household(household.pk).with_words()[:LAST_QUESTIONS]
            ),
            follow_ups=tuple(
                FollowUp.objects.of_household(household.pk).open().with_words().by_due()
            ),
            referrals=tuple(
                Referral.objects.of_household(household.pk).counted().with_words()[:LAST_REFERRALS]
            ),
            consents=tuple(Consent.objects.of_household(household.pk).live(today).by_partner()),
            message=Message.objects.of_household(household.pk)
            .waiting()
            .select_related("created_by")
            .first(),
            budget=rule.limit(
                adults=household.adults,
                children=household.children,
                chosen_step=step.amount if step else None,
            )
            if rule
            else None,
            budget_period=rule.period_label if rule else "",
        )

    @property
    def may_stop(self) -> bool:
        """There is a running decision to suspend or to end."""
        return self.access is not None and self.standing.state != AccessState.ENDED

    @property
    def is_suspended(self) -> bool:
        return self.standing.state == AccessState.SUSPENDED
