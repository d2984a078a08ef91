"""Printing customer cards: which ones, what stands on them, and a new one for a lost card."""

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.cards import read_token
from people.models import Household
from tests import factories
from tests.people import office
from tests.visits import desk
from tests.visits.desk import text_of

CARDS = "people:cards"


@pytest.fixture
def three(stek) -> list[Household]:
    names = ("Fatima", "Jozef", "Olena")
    return [
        factories.household(stek, name, "Kovalenko", number=number)
        for name, number in zip(names, (3, 12, 40), strict=True)
    ]


def printed(response) -> list[int]:
    """The numbers on the cards, sheet after sheet."""
    return [card.number for sheet in response.context["sheets"] for card in sheet]


def test_cards_by_number_carry_number_and_code_but_no_name(mika, stek, three):
    response = mika.get(reverse(CARDS), {"keuze": "nummers", "van": 3, "tot": 12})
    page = text_of(response)
    assert printed(response) == [3, 12]
    assert f"STEK Kalmthout 3 {three[0].card}" in page
    assert "Kovalenko" not in page
    assert "Fatima" not in page


def test_card_is_a_picture_that_the_policy_of_the_page_lets_through(mika, three):
    source = mika.get(reverse(CARDS), {"keuze": "nummers", "van": 3}).content.decode()
    found = re.search(r'src="(data:image/svg\+xml[^"]+)"', source)
    assert found
    picture = unquote(found[1])
    assert "<path" in picture
    assert "style=" not in source


@pytest.mark.parametrize(("van", "tot"), [("12", ""), ("", "12"), ("12", "12")])
def test_one_number_is_one_card(coordinator, three, van, tot):
    response = coordinator.get(reverse(CARDS), {"keuze": "nummers", "van": van, "tot": tot})
    assert printed(response) == [12]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"van": "12", "tot": "3"}, "Dit nummer komt voor het eerste."),
        ({"van": "", "tot": ""}, "Vul minstens één nummer in."),
        ({"van": "-3"}, "Een klantnummer ligt tussen 1 en 999 999."),
        ({"van": "drie"}, "Een klantnummer ligt tussen 1 en 999 999."),
        ({"van": "99999999999999999999"}, "Een klantnummer ligt tussen 1 en 999 999."),
        ({"van": "500", "tot": "600"}, "Er zijn geen huishoudens"),
        ({"keuze": "lijst"}, "Er zijn geen huishoudens"),
        ({"keuze": "onzin"}, "Kies welke kaarten je wil drukken."),
    ],
)
def test_wrong_choice_says_so(coordinator, three, query, words):
    response = coordinator.get(reverse(CARDS), {"keuze": "nummers"} | query)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not AuditEvent.objects.exists()


def test_cards_of_the_last_import(coordinator, stek, three):
    now = timezone.now()
    for household, hours in ((three[0], 5), (three[1], 1)):
        household.source_import = factories.household_import(
            stek,
            state="confirmed",
            confirmed_at=now - dt.timedelta(hours=hours),
            confirmed_by=coordinator.user,
        )
        household.save()
    assert "1 kaart uit die lijst" in text_of(coordinator.get(reverse(CARDS)))
    assert printed(coordinator.get(reverse(CARDS), {"keuze": "lijst"})) == [12]


def test_cards_of_who_is_new_this_month(coordinator, three):
    Household.objects.update(created_at=timezone.now() - dt.timedelta(days=40))
    assert "Deze maand is er niemand bijgekomen." in text_of(coordinator.get(reverse(CARDS)))
    Household.objects.filter(pk=three[2].pk).update(created_at=timezone.now())
    assert "1 kaart van deze maand" in text_of(coordinator.get(reverse(CARDS)))
    assert printed(coordinator.get(reverse(CARDS), {"keuze": "maand"})) == [40]


def test_no_card_for_another_stek_or_for_who_was_erased(coordinator, other_stek, essen, three):
    coordinator.give_password()
    coordinator.post(
        reverse("people:erase", args=[three[1].pk]), {"number": "12", "reason": "asked"}
    )
    everybody = {"keuze": "nummers", "van": 1, "tot": 999999}
    assert printed(coordinator.get(reverse(CARDS), everybody)) == [3, 40]
    assert other_stek.get(reverse(CARDS), everybody).status_code == 422
    assert other_stek.get(reverse("people:card", args=[three[0].pk])).status_code == 404


def test_ten_cards_go_on_a_sheet_and_two_hundred_on_a_page(coordinator, stek):
    by = coordinator.user
    Household.objects.bulk_create(
        [
            Household(stek=stek, number=number, first_name="An", created_by=by)
            for number in range(1, 206)
        ]
    )
    everybody = {"keuze": "nummers", "van": 1, "tot": 999999}
    response = coordinator.get(reverse(CARDS), everybody)
    assert {len(sheet) for sheet in response.context["sheets"]} == {10}
    assert len(printed(response)) == 200
    assert "van=1&amp;tot=999999&amp;pagina=2" in response.content.decode()
    assert printed(coordinator.get(reverse(CARDS), everybody | {"pagina": 2})) == [*range(201, 206)]


def test_cards_cost_the_same_for_one_and_for_three(coordinator, three):
    def cost(last: int) -> int:
        query = {"keuze": "nummers", "van": 1, "tot": last}
        with CaptureQueriesContext(connection) as asked:
            assert coordinator.get(reverse(CARDS), query).status_code == 200
        return len(asked)

    assert cost(3) == cost(40)


def test_printing_cards_is_logged(mika, stek, three):
    mika.get(reverse(CARDS), {"keuze": "nummers", "van": 3})
    event = AuditEvent.objects.get()
    assert (event.kind, event.verb, event.stek_id) == ("read", "cards", stek.pk)


# --- one card ---


def test_lost_card_is_replaced_and_stops_working(coordinator, counter, opening, three):
    household = three[0]
    factories.access(household)
    lost = household.card
    page = coordinator.get(reverse("people:replace_card", args=[household.pk]))
    assert "werkt dan meteen niet meer" in text_of(page)
    response = coordinator.post(reverse("people:replace_card", args=[household.pk]), {"lost": lost})
    assert response["Location"] == reverse("people:card", args=[household.pk])
    household.refresh_from_db()
    assert household.card != lost
    assert read_token(household.card) == household.card
    assert household.card in text_of(coordinator.get(response["Location"]))
    event = AuditEvent.objects.get(verb="replace_card")
    assert (event.actor_id, event.subject_id) == (coordinator.user.pk, household.pk)

    assert desk.enter(counter, opening, lost).status_code == 422
    assert desk.enter(counter, opening, household.card).status_code == 302


def test_lost_card_is_replaced_once_for_a_double_press(coordinator, three):
    household = three[0]
    form = {"lost": household.card}
    coordinator.post(reverse("people:replace_card", args=[household.pk]), form)
    household.refresh_from_db()
    card = household.card
    coordinator.post(reverse("people:replace_card", args=[household.pk]), form)
    household.refresh_from_db()
    assert household.card == card


def test_record_leads_to_its_card(mika, three):
    address = reverse("people:card", args=[three[0].pk])
    assert address in office.record(mika, three[0]).content.decode()
    response = mika.get(address)
    assert printed(response) == [3]
    assert "Kovalenko" not in text_of(response)
