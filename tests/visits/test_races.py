"""Many laptops at one moment, each with a connection of its own: one wins, nobody is lost."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Household
from places.models import Stek
from tests import factories
from tests.cast import Colleague, signed_in
from tests.races import addresses, at_once, statuses
from tests.visits import desk
from visits.message_actions import leave_message
from visits.models import Message, Opening, Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stek() -> Stek:
    return factories.stek("Kalmthout")


@pytest.fixture
def laptops(stek) -> list[Colleague]:
    """Twenty, each with somebody signed in."""
    return [signed_in(factories.membership(stek, Role.VOLUNTEER)) for _ in range(20)]


@pytest.fixture
def opening(stek) -> Opening:
    return factories.opening(stek)


def households(stek: Stek, count: int) -> list[Household]:
    found = [factories.household(stek, f"Gezin{n}") for n in range(count)]
    for one in found:
        factories.access(one)
    return found


@pytest.mark.parametrize("purposes", [["grocery"], ["grocery", "question"]])
def test_twenty_laptops_check_in_one_household_once(laptops, stek, opening, purposes):
    stek.default_purposes = purposes
    stek.save()
    (household,) = households(stek, 1)
    answers = at_once(20, lambda n: desk.check_in(laptops[n], opening, household))
    assert statuses(answers) == {302: 1, 422: 19}
    told = [desk.text_of(answer) for answer in answers if answer.status_code == 422]
    assert all("is vandaag al aangemeld" in page for page in told)
    assert Visit.objects.count() == 1
    assert AuditEvent.objects.filter(kind="change").count() == 1


SENDINGS: dict[str, Callable[..., HttpResponse]] = {
    "number": lambda laptop, opening, household, key: desk.enter(
        laptop, opening, household.number, request_id=key
    ),
    "line": lambda laptop, opening, household, key: desk.check_in(
        laptop, opening, household, request_id=key
    ),
    "anonymous": lambda laptop, opening, _household, key: desk.anonymous(
        laptop, opening, request_id=key
    ),
    "new": lambda laptop, opening, _household, key: desk.newcomer(laptop, opening, request_id=key),
}


@pytest.mark.parametrize("form", SENDINGS)
def test_same_form_twenty_times_at_once_enters_one_visit(laptops, stek, opening, form):
    (household,) = households(stek, 1)
    key = uuid.uuid4()
    answers = at_once(20, lambda n: SENDINGS[form](laptops[n], opening, household, key))
    assert statuses(answers) == {302: 20}
    assert addresses(answers) == {reverse("visits:visit", args=[Visit.objects.get().pk])}
    assert AuditEvent.objects.filter(verb="check_in").count() == 1
    assert Household.objects.count() == 1 + (form == "new")


def test_same_paper_list_at_once_enters_each_line_once(laptops, stek, opening):
    known = households(stek, 3)
    sheet: dict[str, object] = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3}
    for place, household in enumerate(known):
        sheet |= {
            f"form-{place}-number": household.number,
            f"form-{place}-request_id": uuid.uuid4(),
        }
    address = reverse("visits:slips", args=[opening.pk])
    answers = at_once(5, lambda n: laptops[n].post(address, sheet))
    assert statuses(answers) == {302: 5}
    assert Visit.objects.count() == 3


def test_day_opened_at_once_is_opened_once(laptops, stek):
    def open_day(n: int) -> HttpResponse:
        return laptops[n].post(reverse("visits:open_day"), {"extra": f"Nr. {n}"})

    assert statuses(at_once(10, open_day)) == {302: 10}
    assert Opening.objects.get().attendances.count() == 10
    assert AuditEvent.objects.filter(verb="open").count() == 1


def test_questions_at_once_get_each_a_number_of_their_own(laptops, stek, opening):
    stek.default_purposes = ["question"]
    stek.save()
    known = households(stek, 10)
    answers = at_once(10, lambda n: desk.check_in(laptops[n], opening, known[n]))
    assert statuses(answers) == {302: 10}
    assert {visit.queue_number for visit in Visit.objects.all()} == set(range(1, 11))


def test_questions_ticked_at_once_get_each_a_number_of_their_own(laptops, stek, opening):
    visits = [factories.visit(opening, one) for one in households(stek, 10)]
    answers = at_once(
        20, lambda n: desk.press(laptops[n], "set_purpose", visits[n // 2], set="question-1")
    )
    assert statuses(answers) == {302: 20}
    assert {visit.queue_number for visit in Visit.objects.all()} == set(range(1, 11))
    assert AuditEvent.objects.filter(verb="purpose").count() == 10


def test_newcomers_at_once_get_each_a_number_of_their_own(laptops, stek, opening):
    answers = at_once(
        10, lambda n: desk.newcomer(laptops[n], opening, first_name=f"Gezin{n}", confirmed="1")
    )
    assert statuses(answers) == {302: 10}
    assert {household.number for household in Household.objects.all()} == set(range(1, 11))


def test_visit_voided_at_once_keeps_one_reason(laptops, stek, opening):
    visit = factories.visit(opening, households(stek, 1)[0])
    reasons = ["mistake", "wrong", "double", "left"]
    answers = at_once(
        8, lambda n: desk.press(laptops[n], "void", visit, reason=reasons[n % len(reasons)])
    )
    assert statuses(answers) == {302: 8}
    visit.refresh_from_db()
    event = AuditEvent.objects.get(verb="void")
    assert event.actor_id == visit.voided_by_id


def test_messages_at_once_leave_one_that_waits(laptops, stek):
    (household,) = households(stek, 1)

    def leave(n: int) -> Message:
        return leave_message(
            household, text=f"Bericht {n}", request_id=uuid.uuid4(), by=laptops[n].user
        )

    answers = at_once(5, leave)
    assert all(isinstance(answer, Message) for answer in answers), answers
    assert Message.objects.waiting().count() == 1


def test_day_closed_while_people_come_in_loses_nobody(laptops, stek, opening):
    known = households(stek, 10)

    def one(n: int) -> HttpResponse:
        if n % 2:
            view = "close_day" if n % 4 == 1 else "reopen_day"
            return laptops[n].post(reverse(f"visits:{view}", args=[opening.pk]))
        return desk.check_in(laptops[n], opening, known[n // 2])

    assert statuses(at_once(20, one)) == {302: 20}
    assert Visit.objects.count() == 10
