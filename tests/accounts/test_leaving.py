"""Leaving: whoever ends, or gets another role, is out at once wherever they sit."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Membership, Session
from accounts.roles import Role
from tests import factories
from tests.stek.office.hands import change, save

COUNTER = reverse("visits:counter")
SIGN_IN = reverse("account_login")


@pytest.mark.parametrize(
    "changes",
    [
        {"is_active": ""},
        {"last_day": "01/01/2020"},
        {"role": "helper"},
        {"new_password": "zeven-groene-stoelen"},
    ],
)
def test_colleague_is_signed_out_everywhere_at_once(coordinator, counter, changes):
    assert counter.get(COUNTER).status_code == 200
    assert save(coordinator, change(counter.user), **changes).status_code == 302
    response = counter.get(COUNTER)
    assert response.status_code == 302
    assert response.url.startswith(SIGN_IN)
    assert not Session.objects.of_user(counter.user).exists()
    assert coordinator.get(COUNTER).status_code == 200
    event = AuditEvent.objects.get(verb="end_sessions")
    assert (event.actor_id, event.subject_id) == (coordinator.user.pk, counter.user.pk)


def test_change_that_takes_nothing_away_lets_a_colleague_go_on(coordinator, counter, today):
    later = today + dt.timedelta(days=30)
    save(coordinator, change(counter.user), first_name="Rita-Maria", last_day=f"{later:%d/%m/%Y}")
    assert counter.get(COUNTER).status_code == 200


def test_role_ends_by_itself_on_the_day_after_the_last(stek, counter):
    counter.membership.last_day = dt.date(2026, 3, 20)
    counter.membership.save()
    with time_machine.travel("2026-03-20 22:59:00+00:00", tick=False):  # 23u59 in Brussels
        counter.force_login(counter.user)
        assert counter.get(COUNTER).status_code == 200
    with time_machine.travel("2026-03-20 23:00:00+00:00", tick=False):
        assert counter.get(COUNTER).status_code == 403


def test_role_that_ends_here_stays_elsewhere(stek, essen, counter, coordinator):
    factories.membership(essen, Role.HELPER, user=counter.user)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=counter.user, stek=stek).update(last_day=yesterday)
    assert counter.get(reverse("forms_help:table")).status_code == 200
    assert str(essen) in counter.get(COUNTER).content.decode()


def test_account_that_ended_has_no_page_of_its_own(counter):
    counter.user.is_active = False
    counter.user.save()
    for name in ("accounts:account", "accounts:set_up_factor", "account_change_password"):
        assert counter.get(reverse(name)).url.startswith(SIGN_IN)
