"""Many at one moment: one form sent by many, and one referral moved by many."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import OutgoingMail
from accounts.roles import Role
from forms_help.models import Question
from referrals.models import Referral
from referrals.states import State
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk
from tests.races import at_once, statuses

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(stek):
    """Eight who keep the record."""
    return [signed_in(factories.membership(stek, Role.COMMUNITY_WORKER)) for _one in range(8)]


def test_same_form_at_once_refers_once(people, stek, opening):
    partner = factories.partner(stek, email="onthaal@caw.example")
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    fields = {"theme": factories.theme(stek), "help_types": [factories.help_type(stek)]}
    fields |= {"outcome": "referred", "partner": partner, "consent": "spoken", "channel": "mail"}
    key = uuid.uuid4()
    answers = at_once(8, lambda n: desk.note(people[0], visit, **fields, request_id=key))
    assert statuses(answers) == {302: 8}
    counts = [model.objects.count() for model in (Question, Referral, OutgoingMail)]
    assert counts == [1, 1, 1]


def test_of_many_who_move_one_referral_the_first_wins(people, stek, opening):
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    referral = factories.referral(question, factories.partner(stek))
    address = reverse("referrals:step", args=[referral.pk])

    def move(place):
        form = {"happening": "arrived", "version": referral.version, "request_id": uuid.uuid4()}
        return people[place].post(address, form)

    assert statuses(at_once(8, move)) == {302: 1, 422: 7}
    referral.refresh_from_db()
    assert referral.state == State.ARRIVED
    assert referral.steps.filter(what="arrived").count() == 1
