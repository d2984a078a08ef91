"""Erasing somebody everywhere: each app takes away what it knows, in one transaction."""

from django.db import transaction

from accounts.models import User
from forms_help.forgetting import forget_household
from people import actions as people
from people.models import Household
from referrals.forgetting import forget_household as forget_referrals_of
from referrals.inbound_forgetting import forget_requests_of
from visits.message_actions import deliver_message
from visits.models import Message


@transaction.atomic
def erase_household(household: Household, *, by: User) -> Household:
    """Name, members, phone, language notes and a waiting message go; number, sizes, visits and the
    coded words of questions stay.
    """
    waiting = Message.objects.of_household(household.pk).waiting().first()
    if waiting is not None:
        deliver_message(waiting, by=by)
    forget_household(household, by=by)
    forget_requests_of(household, by=by)
    forget_referrals_of(household, by=by)
    return people.forget_identity(household, by=by)
