"""A national number is refused wherever somebody in the office can type one."""

import pytest

from accounts.models import User
from places.models import ClosingDay
from tests import factories
from tests.stek.office.hands import add, change, invite, save

NUMBER = "85.07.30-033.28"
REFUSAL = "Dit lijkt op een rijksregisternummer."


def refused(response) -> bool:
    return response.status_code == 200 and REFUSAL in response.content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("street", f"Dorpsstraat 1 ({NUMBER})"),
        ("town", NUMBER),
        ("phone", NUMBER),
        ("email", "85073003328@example.org"),
    ],
)
def test_settings_refuse_a_national_number(coordinator, stek, field, text):
    assert refused(save(coordinator, change(stek), **{field: text}))
    kept = getattr(stek, field)
    stek.refresh_from_db()
    assert getattr(stek, field) == kept


def test_closing_day_refuses_a_national_number(coordinator):
    days = {"first_day": "24/12/2026", "last_day": "02/01/2027"}
    assert refused(coordinator.post(add(ClosingDay), days | {"reason": f"begrafenis {NUMBER}"}))
    assert not ClosingDay.objects.exists()


def test_turn_at_the_table_refuses_a_national_number(coordinator, stek):
    hours = factories.opening_hours(stek)
    turn = {
        "turns-TOTAL_FORMS": "1",
        "turns-0-who": NUMBER,
        "turns-0-every_weeks": "2",
        "turns-0-first_day": "07/01/2026",
        "turns-0-hours": hours.pk,
    }
    assert refused(save(coordinator, change(hours), **turn))
    assert not hours.turns.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("username", "85073003328"),
        ("first_name", NUMBER),
        ("last_name", f"Maes {NUMBER}"),
        ("email", "85073003328@example.org"),
    ],
)
def test_account_of_a_colleague_refuses_a_national_number(coordinator, field, text):
    before = User.objects.count()
    assert refused(invite(coordinator, **{field: text}))
    assert User.objects.count() == before


def test_name_of_a_colleague_is_plain_text(coordinator):
    answer = invite(coordinator, first_name="=cmd|' /C calc'!A0")
    assert "Begin niet met het teken = + - of @." in answer.content.decode()


def test_phone_of_the_stek_may_start_with_a_plus(coordinator, stek):
    assert save(coordinator, change(stek), phone="+32 3 666 23 65").status_code == 302
