"""What the tests of this folder start from."""

import pytest
from pytest_django import Settings

from accounts.models import OutgoingMail
from places.models import Stek
from referrals.models import Referral
from tests.referrals import partner
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
