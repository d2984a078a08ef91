"""What the tests of this folder start from."""

import datetime as dt

import pytest
from pytest_django import Settings

from accounts.models import OutgoingMail
from places.models import Stek
from referrals.models import InboundLink, Referral
from tests import factories
from tests.referrals import partner
from tests.referrals.inbound import TOKEN
from tests.referrals.partner import token_to


@pytest.fixture
def asked(stek: Stek) -> Referral:
    return partner.asked(stek, agreed=partner.agreed("phone", "language", "theme"))


@pytest.fixture
def token(asked: Referral) -> str:
    return token_to(asked)


@pytest.fixture
def old(asked: Referral, settings: Settings) -> str:
    """The link of a mail that left 91 days ago."""
    OutgoingMail.objects.all().delete()
    return token_to(asked, days_ago=91)


@pytest.fixture
def ocmw(stek: Stek) -> InboundLink:
    """The link of OCMW Kalmthout."""
    return factories.inbound_link(stek, TOKEN, referrer=factories.referrer(stek))


@pytest.fixture
def rent(stek):
    return factories.theme(stek, "wonen en huur")


@pytest.fixture
def caw(stek, rent):
    partner = factories.partner(stek, "CAW", email="onthaal@caw.example")
    rent.partners.add(partner)
    return partner


@pytest.fixture
def letter(stek):
    return factories.help_type(stek)


@pytest.fixture
def fatima(stek):
    return factories.household(stek, phone="0476 12 34 56", language="ar")


@pytest.fixture
def visit(opening, fatima):
    return factories.visit(opening, fatima, purposes=["question"])


@pytest.fixture
def waiting(opening, fatima, rent, caw, today):
    """Referred a week ago, and nobody said anything."""
    before = factories.opening(opening.stek, today - dt.timedelta(days=7), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    return factories.referral(question, caw, days_ago=7)
