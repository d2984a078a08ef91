"""The paper list of an outage: all lines or none, and every wrong line says why."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests import factories
from tests.visits import desk
from visits.models import Visit


def sheet(*lines: dict, total: int | None = None) -> dict:
    """What the page sends for these lines of the paper list."""
    sent = {"form-TOTAL_FORMS": len(lines) if total is None else total, "form-INITIAL_FORMS": 15}
    for place, line in enumerate(lines):
        fields = {"request_id": uuid.uuid4()} | line
        sent |= {f"form-{place}-{name}": value for name, value in fields.items()}
    return sent


def send(client, opening, *lines: dict):
    return client.post(reverse("visits:slips", args=[opening.pk]), sheet(*lines))


@pytest.fixture
def earlier(stek, today):
    return factories.opening(stek, today - dt.timedelta(days=1), closed=True)


def test_slips_page_has_lines_to_type_in_each_with_a_key(counter, earlier):
    page = counter.get(reverse("visits:slips", args=[earlier.pk])).content.decode()
    keys = set(page.split('-request_id" value="')[1:])
    assert len({key[:36] for key in keys}) == 20


def test_slips_enter_every_filled_line(counter, earlier, fatima):
    lines = [
        {"time": "14:05", "number": fatima.number, "grocery": "on", "question": "on"},
        {"adults": 2, "children": 1},
        {},
        {},
    ]
    response = send(counter, earlier, *lines)
    known, nameless = Visit.objects.order_by("pk")
    assert response.url == reverse("visits:opening", args=[earlier.pk])
    assert (known.household, known.queue_number) == (fatima, 1)
    assert known.purposes == ["grocery", "question"]
    assert f"{known.arrived_at.astimezone(dt.UTC):%H:%M}" in {"13:05", "12:05"}
    assert (nameless.household, nameless.persons, nameless.arrived_at) == (None, 3, None)
    assert AuditEvent.objects.filter(verb="check_in").count() == 2


def test_slips_without_a_reason_take_the_usual_ones(counter, earlier, fatima):
    send(counter, earlier, {"number": fatima.number}, {"adults": 1})
    known, nameless = Visit.objects.order_by("pk")
    assert (known.purposes, nameless.purposes) == (["grocery"], ["coffee"])


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}.0", "0{}"])
def test_slips_read_a_number_as_people_type_it(counter, earlier, fatima, typed):
    assert send(counter, earlier, {"number": typed.format(fatima.number)}).status_code == 302
    assert Visit.objects.get().household == fatima


def test_slips_enter_an_expired_household_and_keep_what_the_counter_would_have_said(
    counter, earlier, stek
):
    household = factories.household(stek)
    factories.access(household, valid_until=earlier.day - dt.timedelta(days=1))
    for line in ({"number": household.number, "grocery": "on"}, {"number": household.number}):
        assert send(counter, earlier, line).status_code == 302
        visit = Visit.objects.get()
        assert (visit.refusal, visit.override_reason) == ("expired", "on_paper")
        Visit.objects.all().delete()


WRONG = {
    "unknown number": ({"number": 4711}, "Er is geen klant met dit nummer."),
    "no number": ({"number": "x"}, "geheel getal"),
    "a number below 1": ({"number": 0}, "minstens 1"),
    "too many people": ({"adults": 31}, "hoogstens 30"),
    "a reason for nobody": ({"coffee": "on"}, "Vul een nummer in, of het aantal personen."),
    "an hour for nobody": ({"time": "14:00"}, "Vul een nummer in, of het aantal personen."),
    "no hour": ({"time": "25:99", "adults": 1}, "geldige tijd"),
}


@pytest.mark.parametrize("name", WRONG)
def test_slips_enter_nothing_when_one_line_is_wrong_and_keep_all(counter, earlier, fatima, name):
    wrong, words = WRONG[name]
    good = {"number": fatima.number, "time": "14:05", "coffee": "on"}
    response = send(counter, earlier, good, wrong)
    page = " ".join(response.content.decode().split())
    assert response.status_code == 422
    assert words in desk.text_of(response)
    assert "Er is nog niets bewaard." in desk.text_of(response)
    assert f'name="form-0-number" id="id_form-0-number" value="{fatima.number}"' in page
    assert 'name="form-0-coffee" id="id_form-0-coffee" checked' in page
    assert 'value="14:05"' in page
    assert not Visit.objects.exists()


def test_slips_refuse_a_number_twice_on_one_sheet(counter, earlier, fatima):
    response = send(counter, earlier, {"number": fatima.number}, {"number": fatima.number})
    assert response.status_code == 422
    assert desk.text_of(response).count("Dit nummer staat twee keer op dit blad.") == 1
    assert not Visit.objects.exists()


def test_slips_refuse_who_is_in_the_list_already(counter, earlier, fatima):
    factories.visit(earlier, fatima)
    response = send(counter, earlier, {"number": fatima.number})
    assert "Staat al in de lijst van deze dag." in desk.text_of(response)
    assert Visit.objects.count() == 1


def test_slips_never_find_another_stek(counter, earlier, essen):
    factories.household(essen, number=70)
    response = send(counter, earlier, {"number": 70})
    assert "Er is geen klant met dit nummer." in desk.text_of(response)


def test_slips_without_any_line_say_so(counter, earlier):
    response = send(counter, earlier, {}, {})
    assert response.status_code == 422
    assert "Vul minstens één lijn in." in desk.text_of(response)


@pytest.mark.parametrize("total", ["", "x", "-1", "1000000000", "9" * 5000])
def test_slips_with_a_broken_count_of_lines_enter_nothing(counter, earlier, total):
    response = counter.post(
        reverse("visits:slips", args=[earlier.pk]), sheet({"adults": 1}, total=total)
    )
    assert response.status_code == 422
    assert not Visit.objects.exists()


def test_slips_with_a_tampered_key_are_refused(counter, earlier):
    assert send(counter, earlier, {"adults": 1, "request_id": "x"}).status_code == 422
    assert not Visit.objects.exists()


def test_slips_sent_again_add_nothing(counter, earlier, fatima):
    lines = [
        {"number": fatima.number, "request_id": uuid.uuid4()},
        {"adults": 2, "request_id": uuid.uuid4()},
    ]
    answers = {send(counter, earlier, *lines).status_code for _ in range(3)}
    assert answers == {302}
    assert Visit.objects.count() == 2


def test_slips_with_one_key_for_two_lines_enter_nothing(counter, earlier):
    key = uuid.uuid4()
    response = send(
        counter, earlier, {"adults": 1, "request_id": key}, {"adults": 2, "request_id": key}
    )
    assert response.status_code == 422
    assert not Visit.objects.exists()
