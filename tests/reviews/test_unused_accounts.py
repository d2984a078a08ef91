"""Accounts that nobody uses, in the week of the coordinator."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from tests import factories
from tests.reviews import desk


def account(stek, days: int | None, name: str = "Lut", **fields):
    """Signed in so many days ago; None: never, and made 100 days ago."""
    now = timezone.now()
    user = factories.user(
        first_name=name,
        last_login=None if days is None else now - dt.timedelta(days=days),
        date_joined=now - dt.timedelta(days=100),
    )
    return factories.membership(stek, user=user, **fields)


def lines(who) -> list[str]:
    return [text for name, text in desk.items(who).items() if name.startswith("unused")]


@pytest.fixture
def els(coordinator):
    coordinator.get(reverse("home"))
    return coordinator


def test_account_that_nobody_uses_waits_for_the_coordinator_only(els, mika, stek):
    row = account(stek, 91, role=Role.HELPER)
    (line,) = lines(els)
    assert "Lut" in line
    assert "laatst aangemeld op" in line
    assert lines(mika) == []
    assert reverse("admin:accounts_user_change", args=[row.user_id]) in next(
        one for name, one in desk.lines(desk.page(els)).items() if name.startswith("unused")
    )
    assert "Lut" not in desk.read(mika)


def test_account_is_closed_off_with_one_click_until_it_is_used_again(els, stek):
    row = account(stek, 91)
    (name,) = [name for name in desk.waiting(els) if name.startswith("unused")]
    desk.press(els, name, "done")
    assert name in desk.ticked(els)
    row.user.last_login = timezone.now()
    row.user.save()
    assert lines(els) == []


@pytest.mark.parametrize(("days", "waits"), [(89, False), (91, True), (None, True)])
def test_account_waits_after_ninety_days(els, stek, days, waits):
    account(stek, days)
    assert (len(lines(els)) == 1) is waits


def test_account_that_ended_or_is_new_or_of_another_stek_does_not_wait(els, stek, essen, today):
    account(stek, 200, last_day=today - dt.timedelta(days=1))
    closed = account(stek, 200)
    closed.user.is_active = False
    closed.user.save()
    account(essen, 200)
    factories.membership(stek)
    assert lines(els) == []


def test_never_used_account_says_so(els, stek):
    account(stek, None)
    assert "meldde zich nog nooit aan" in lines(els)[0]
