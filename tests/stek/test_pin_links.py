"""Pages that open with a PIN lead nowhere else, but to what says that it needs the password."""

import re

import pytest
from django.urls import resolve, reverse

from accounts.access import is_open_to_pin
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.cast import Colleague, unlocked

#: These say that they need the password, and go on after it: papers to hand out, and the record.
WITH_PASSWORD = {
    "partners:list", "referrals:referral", "referrals:letter", "referrals:card", "referrals:start",
}  # fmt: skip


@pytest.fixture
def mika_with_pin(stek: Stek) -> Colleague:
    device, secret = factories.device(stek, "balie")
    return unlocked(factories.membership(stek, Role.COMMUNITY_WORKER), device, secret)


def links_on(client: Colleague, address: str) -> set[str]:
    """The routes of all links and buttons of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    paths = re.findall(r'(?:href|action|hx-get)="(/[^"?#]*)', page)
    assert paths, address
    return {path for path in paths if not path.startswith("/static/")}


def test_pages_that_open_with_a_pin_lead_to_nothing_closed(
    mika_with_pin: Colleague, stek: Stek
) -> None:
    seen = links_on(mika_with_pin, reverse("visits:counter"))  # nobody opened the day yet
    opening = factories.opening(stek)
    household = factories.household(stek)
    visit = factories.visit(opening, household, purposes=["question"])
    factories.turn(visit, by=mika_with_pin.user)
    question = factories.question(visit, factories.theme(stek), by=mika_with_pin.user)
    follow_up = factories.follow_up(question)
    factories.referral(question, factories.partner(stek), channel="letter")
    for route, pk in (
        ("visits:counter", None),
        ("visits:opening", opening.pk),
        ("visits:visit", visit.pk),
        ("visits:attendance", opening.pk),
        ("visits:close_day", opening.pk),
        ("visits:print_list", opening.pk),
        ("forms_help:table", None),
        ("forms_help:person", visit.pk),
        ("forms_help:nameless", opening.pk),
        ("forms_help:questions", opening.pk),
        ("forms_help:question", question.pk),
        ("forms_help:slip", follow_up.pk),
        ("referrals:of_question", question.pk),
        ("signals:note", None),
    ):
        seen |= links_on(mika_with_pin, reverse(route, args=[pk] if pk else []))
    matches = {path: resolve(path) for path in seen}
    closed = {one.view_name for one in matches.values() if not is_open_to_pin(one.func)}
    assert closed - WITH_PASSWORD == set()
