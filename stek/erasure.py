"""Erasing somebody everywhere: each app takes away what it knows, in one transaction."""

from dataclasses import dataclass

from django.db import transaction

from accounts.laptop.keeping import forget_about
from accounts.models import User
from forms_help.forgetting import forget_household
from forms_help.models import FollowUp, Question
from people import actions as people
from people.books_actions import forget_books_of
from people.imports.forgetting import forget_rows_of
from people.models import Household
from people.rights import EraseReason
from people.sought import Sought
from referrals.forgetting import forget_household as forget_referrals_of
from referrals.inbound_forgetting import forget_requests_of
from referrals.models import Referral
from reports.exports.actions import drop_exports_with
from reports.models import Export
from stek.backup.erasures import note_erased
from stek.unmerging import forget_merges_of
from visits.message_actions import forget_message_of
from visits.models import Message, Visit


@transaction.atomic
def erase_household(
    household: Household, *, by: User | None, reason: EraseReason = EraseReason.ASKED
) -> Household:
    """Name, members, phone, language, notes, texts, a waiting message, drafts, what waits at a
    locked laptop, lists that were not read in and files with names go; number, sizes, visits and
    coded words stay.

    The one way to erase; a second time nothing happens. `by` None: the term is over. Raises
    `MergedMeanwhile`: the name that was to go stands in another household by now.
    """
    household, *absorbed = Household.objects.held_with_absorbed(household.pk)
    if household.erased_at is not None:
        return household
    if household.merged_into_id is not None:
        raise people.MergedMeanwhile
    forget_merges_of(household, by=by)
    # What was merged into it holds no name any more, but an older backup has them apart.
    for one in absorbed:
        if one.erased_at is None:
            _erase(one, by=by, reason=reason)
    return _erase(household, by=by, reason=reason)


def _erase(household: Household, *, by: User | None, reason: EraseReason) -> Household:
    """One row, that is held."""
    forget_message_of(household, by=by)
    forget_household(household, by=by)
    forget_requests_of(household, by=by)
    forget_referrals_of(household, by=by)
    # These look for the names, so they come before the names go.
    forget_rows_of(household, by=by)
    forget_about(household.stek, Sought.of(household).is_in)
    drop_exports_with(household, by=by)
    forget_books_of(household, by=by)
    erased = people.forget_identity(household, by=by, reason=reason)
    # A backup of before holds them still: a restore reads this list first.
    transaction.on_commit(lambda: note_erased(erased))
    return erased


@dataclass(frozen=True)
class Preview:
    """How much of each kind goes and stays, for whoever is about to erase."""

    members: int
    message: bool
    notes: int
    texts: int
    follow_ups: int
    referrals: int
    exports: int
    visits: int
    questions: int
    all_referrals: int
    here_today: bool

    @classmethod
    def of(cls, household: Household, *, here_today: bool) -> "Preview":
        questions = Question.objects.of_household(household.pk)
        follow_ups = FollowUp.objects.of_household(household.pk)
        referrals = Referral.objects.of_household(household.pk)
        return cls(
            members=household.members.count(),
            message=Message.objects.of_household(household.pk).waiting().exists(),
            notes=questions.with_note().count(),
            texts=follow_ups.with_text().count(),
            follow_ups=follow_ups.open().count(),
            referrals=referrals.open().count(),
            exports=Export.objects.naming(household).count(),
            visits=Visit.objects.of_household(household.pk).counted().count(),
            questions=questions.counted().count(),
            all_referrals=referrals.counted().count(),
            here_today=here_today,
        )
