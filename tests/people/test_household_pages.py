"""Finding, entering and changing households: what the pages say, keep and refuse."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from people.actions import create_household, update_household
from people.cards import token_of
from people.models import Household, Member
from people.search import find_households
from tests import factories
from tests.people import office
from tests.visits.desk import text_of

#: A number that is nobody's, with check digits that fit.
NATIONAL_NUMBER = "85.07.30-033.28"


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(
        stek, "Fatima", "El Amrani", number=147, adults=2, children=3, phone="0476 12 34 56"
    )


def queries_of(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# --- searching ---


def test_search_page_names_nobody_before_somebody_searches(coordinator, fatima):
    page = text_of(coordinator.get(reverse("people:search")))
    assert "Wie zoek je?" in page
    assert "El Amrani" not in page


def test_search_by_name_shows_size_and_access(mika, fatima):
    factories.access(fatima)
    response = office.search(mika, "fatim")
    assert "El Amrani 2 volwassenen, 3 kinderen Toegang tot" in text_of(response)
    assert reverse("people:household", args=[fatima.pk]) in response.content.decode()


def test_search_by_member_says_whose_family_it_is(coordinator, fatima):
    factories.member(fatima, "Youssef", "Benali")
    assert "gezin van Fatima El Amrani" in text_of(office.search(coordinator, "benali"))


@pytest.mark.parametrize("typed", ["147", " 147 ", "{card}"])
def test_search_by_number_or_card_opens_the_record(coordinator, fatima, typed):
    fatima.card = token_of(20260321)
    fatima.save()
    response = office.search(coordinator, typed.format(card=fatima.card))
    assert response.status_code == 302
    assert response["Location"] == reverse("people:household", args=[fatima.pk])


@pytest.mark.parametrize("typed", ["0476123456", "0476/12.34.56", "+32 476 12 34 56"])
def test_search_by_phone_finds_who_calls(coordinator, fatima, typed):
    assert "Fatima El Amrani" in text_of(office.search(coordinator, typed))


def test_search_without_text_says_what_to_type(coordinator):
    response = office.search(coordinator, "  ")
    assert response.status_code == 422
    assert "Typ een naam, nummer of telefoon." in text_of(response)


@pytest.mark.parametrize("typed", [NATIONAL_NUMBER, "85073003328", f"fatima {NATIONAL_NUMBER}"])
def test_search_refuses_a_national_number_and_does_not_repeat_it(coordinator, fatima, typed):
    response = office.search(coordinator, typed)
    assert response.status_code == 422
    assert "rijksregisternummer" in text_of(response)
    assert typed not in response.content.decode()


@pytest.mark.parametrize("typed", ["xqzw", "148", "0499 99 99 99", "a\0b", "x" * 200, "٣" * 12])
def test_search_that_finds_nobody_says_so(coordinator, fatima, typed):
    response = office.search(coordinator, typed)
    assert response.status_code in {200, 422}
    assert "Fatima" not in text_of(response)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("148", "Er is geen klant met nummer 148. Kijk het nummer na, of zoek op naam."),
        ("1000000", "Er is geen klant met nummer 1000000."),
        ("0499 99 99 99", "Niemand heeft telefoonnummer 0499 99 99 99."),
        ("SK0020260321-0", "Deze kaart is niet goed gelezen of niet van hier. Scan ze nog eens."),
        ("sk00202", "Deze kaart is niet goed gelezen of niet van hier."),
        ("zzzz", "Niemand gevonden met “zzzz”. Probeer minder letters, of alleen de familienaam."),
    ],
)
def test_search_that_finds_nobody_advises_on_what_was_typed(coordinator, fatima, typed, advice):
    page = text_of(office.search(coordinator, typed))
    assert advice in page
    assert ("minder letters" in page) is ("minder letters" in advice)


def test_search_does_not_find_another_stek_or_who_was_erased(other_stek, coordinator, fatima):
    assert "Niemand gevonden" in text_of(office.search(other_stek, "fatima"))
    assert "Er is geen klant met nummer 147." in text_of(office.search(other_stek, "147"))
    coordinator.give_password()
    coordinator.post(
        reverse("people:erase", args=[fatima.pk]), {"number": "147", "reason": "asked"}
    )
    assert "Er is geen klant met nummer 147." in text_of(office.search(coordinator, "147"))


def test_search_costs_the_same_for_one_and_for_three(coordinator, stek, fatima):
    factories.access(fatima)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.search(coordinator, "fatima").status_code == 200
        return len(asked)

    first = cost()
    for last_name in ("Benali", "Peeters"):
        factories.access(factories.household(stek, "Fatima", last_name))
    assert cost() == first


def test_only_who_decides_is_offered_to_enter_and_import(mika, coordinator):
    for client, offered in ((mika, False), (coordinator, True)):
        page = text_of(client.get(reverse("people:search")))
        assert ("Nieuw huishouden" in page) is offered
        assert ("Lijst inlezen" in page) is offered
        assert "Klantenkaarten" in page


# --- a new household ---


def test_create_page_proposes_the_next_number(coordinator, fatima):
    response = coordinator.get(reverse("people:create"))
    assert response.context["form"]["number"].value() == 148


def test_create_keeps_everything_in_its_stored_form(coordinator, stek):
    response = office.create(
        coordinator, first_name="  Amina ", last_name="d'Hooghe", phone="0476/123456", language="ar"
    )
    household = Household.objects.get()
    assert response["Location"] == reverse("people:household", args=[household.pk])
    assert (household.stek, household.number, household.full_name) == (stek, 17, "Amina d'Hooghe")
    assert (household.adults, household.children) == (2, 1)
    assert (household.phone, household.language) == ("0476 12 34 56", "ar")
    assert [hit.household_id for hit in find_households(stek=stek, text="dhooghe")] == [
        household.pk
    ]
    event = AuditEvent.objects.get(verb="create")
    assert (event.actor_id, event.subject_id) == (coordinator.user.pk, household.pk)


def test_create_shows_who_it_may_be_first(coordinator, fatima):
    response = office.create(coordinator, first_name="Fatima", last_name="Elamrani")
    assert response.status_code == 422
    assert "Is het een van deze huishoudens? " in text_of(response)
    assert reverse("people:household", args=[fatima.pk]) in response.content.decode()
    assert Household.objects.count() == 1

    again = office.create(coordinator, first_name="Fatima", last_name="Elamrani", confirmed="1")
    assert again.status_code == 302
    assert Household.objects.count() == 2


def test_create_sent_twice_makes_one_household(coordinator):
    key = uuid.uuid4()
    first, second = (office.create(coordinator, request_id=key) for _twice in range(2))
    assert first["Location"] == second["Location"]
    assert Household.objects.count() == 1


def test_create_with_the_key_of_another_form_is_refused(coordinator):
    key = uuid.uuid4()
    office.create(coordinator, request_id=key)
    response = office.create(coordinator, request_id=key, number=18, first_name="Jos")
    assert response.status_code == 422
    assert "Dit formulier was al eens gebruikt" in text_of(response)
    assert Household.objects.count() == 1

    fresh = response.context["form"]["request_id"].value()
    again = office.create(coordinator, request_id=fresh, number=18, first_name="Jos")
    assert again.status_code == 302
    assert Household.objects.count() == 2


def test_create_with_the_key_of_another_stek_is_refused(coordinator, other_stek):
    key = uuid.uuid4()
    office.create(other_stek, request_id=key)
    assert office.create(coordinator, request_id=key).status_code == 422
    assert Household.objects.count() == 1


def test_create_with_a_number_in_use_says_whose_turn_it_is(coordinator, fatima):
    response = office.create(coordinator, number=147)
    assert response.status_code == 422
    assert "al van een ander huishouden" in text_of(response)
    assert 'value="Yilmaz"' in response.content.decode()


def test_create_may_use_a_number_of_another_stek(coordinator, essen):
    factories.household(essen, number=17)
    assert office.create(coordinator, number=17).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("adults", "-1", "Vul een getal in van 0 tot 30."),
        ("adults", "31", "Vul een getal in van 0 tot 30."),
        ("children", "99999999999999999999", "Vul een getal in van 0 tot 30."),
        ("children", "twee", "Vul een getal in van 0 tot 30."),
        ("adults", None, "Vul een getal in van 0 tot 30."),
        ("number", "0", "Een klantnummer ligt tussen 1 en 999 999."),
        ("number", "1000000", "Een klantnummer ligt tussen 1 en 999 999."),
        ("first_name", NATIONAL_NUMBER, "Dit lijkt op een rijksregisternummer."),
        ("last_name", NATIONAL_NUMBER, "Dit lijkt op een rijksregisternummer."),
        ("phone", NATIONAL_NUMBER, "Dit lijkt op een rijksregisternummer."),
        ("first_name", "<b>Amina</b>", "Laat de tekens < en > weg."),
        ("first_name", "=1+1", "Begin niet met het teken"),
        ("first_name", "Am\0ina", "teken"),
        ("last_name", "x" * 81, "80"),
        ("phone", "bel maar", "Dit is geen telefoonnummer."),
        ("language", "xx", "xx"),
        ("request_id", "geen-sleutel", "Kijk het na en verstuur het opnieuw."),
        ("request_id", None, "Kijk het na en verstuur het opnieuw."),
    ],
)
def test_create_refuses_at_the_field_and_keeps_the_others(coordinator, field, value, words):
    response = office.create(coordinator, **{"phone": "0476 12 34 56", field: value})
    assert response.status_code == 422
    assert words in text_of(response)
    kept = "Yilmaz" if field != "last_name" else "Amina"
    assert f'value="{kept}"' in response.content.decode()
    assert not Household.objects.exists()


def test_create_without_a_name_or_without_people_is_refused(coordinator):
    nameless = office.create(coordinator, first_name=" ", last_name="")
    assert "Vul een voornaam of een familienaam in." in text_of(nameless)
    nobody = office.create(coordinator, adults=0, children=0)
    assert "Een huishouden telt minstens 1 persoon." in text_of(nobody)
    assert (nameless.status_code, nobody.status_code) == (422, 422)
    assert not Household.objects.exists()


@pytest.mark.parametrize("name", ["Nguyễn", "Олена", "عمر", "O", "x" * 60, "'s Jongers", "Öztürk"])
def test_create_accepts_rightful_names(coordinator, name):
    assert office.create(coordinator, first_name=name).status_code == 302
    assert Household.objects.get().first_name == name


# --- changing it ---


def test_edit_saves_what_changed_and_nothing_else(coordinator, fatima):
    response = office.edit(coordinator, fatima, adults=1, last_name="El Amrani-Benali")
    assert response["Location"] == reverse("people:household", args=[fatima.pk])
    fatima.refresh_from_db()
    assert (fatima.adults, fatima.last_name, fatima.version) == (1, "El Amrani-Benali", 2)
    assert AuditEvent.objects.get(verb="update").fields == ["adults", "last_name"]


def test_edit_keeps_its_own_number_but_not_anothers(coordinator, stek, fatima):
    factories.household(stek, "Jos", "Peeters", number=12)
    assert office.edit(coordinator, fatima).status_code == 302
    response = office.edit(coordinator, fatima, number=12)
    assert response.status_code == 422
    assert "al van een ander huishouden" in text_of(response)


def test_second_editor_sees_both_texts_and_nothing_is_lost(coordinator, fatima):
    colleague = factories.user("ann")
    update_household(fatima, changes={"phone": "03 666 12 34"}, version=1, by=colleague)
    response = office.edit(coordinator, fatima, adults=4, phone="0499 11 22 33")
    page = text_of(response)
    assert response.status_code == 422
    assert "Staat er nu 03 666 12 34" in page
    assert "Jij typte 0499 11 22 33" in page
    assert "Staat er nu 2" in page
    assert "Jij typte 4" in page
    fatima.refresh_from_db()
    assert (fatima.phone, fatima.adults) == ("03 666 12 34", 2)


def test_second_editor_chooses_per_field(coordinator, fatima):
    update_household(fatima, changes={"phone": "03 666 12 34"}, version=1, by=factories.user("ann"))
    response = office.edit(coordinator, fatima, adults=4)
    current = response.context["household"]
    assert office.edit(coordinator, current, adults=4).status_code == 302
    fatima.refresh_from_db()
    assert (fatima.phone, fatima.adults, fatima.version) == ("03 666 12 34", 4, 3)


def test_a_choice_that_was_not_made_empties_nothing(coordinator, fatima):
    response = office.edit(coordinator, fatima, phone=None)
    assert response.status_code == 422
    assert "Kies wat er moet staan." in text_of(response)
    fatima.refresh_from_db()
    assert fatima.phone == "0476 12 34 56"


def test_edit_of_an_erased_household_does_not_exist(coordinator, fatima):
    coordinator.give_password()
    coordinator.post(
        reverse("people:erase", args=[fatima.pk]), {"number": "147", "reason": "asked"}
    )
    assert office.edit(coordinator, fatima, first_name="Fatima").status_code == 404


# --- who may come as well ---


def test_member_is_added_and_found(coordinator, stek, fatima):
    form = {"first_name": "Youssef", "last_name": "", "request_id": uuid.uuid4()}
    address = reverse("people:add_member", args=[fatima.pk])
    for _twice in range(2):
        assert coordinator.post(address, form).status_code == 302
    assert [member.full_name for member in fatima.members.all()] == ["Youssef"]
    assert find_households(stek=stek, text="youssef")[0].household_id == fatima.pk
    assert "Youssef" in text_of(office.record(coordinator, fatima))


def test_member_key_of_another_household_is_refused(coordinator, stek, fatima):
    key = uuid.uuid4()
    other = factories.household(stek, "Jos", "Peeters")
    for household, status in ((fatima, 302), (other, 422)):
        form = {"first_name": "Youssef", "last_name": "", "request_id": key}
        address = reverse("people:add_member", args=[household.pk])
        assert coordinator.post(address, form).status_code == status
    assert not other.members.exists()


@pytest.mark.parametrize("name", ["", NATIONAL_NUMBER, "<i>"])
def test_member_needs_a_name_that_is_one(coordinator, fatima, name):
    form = {"first_name": name, "last_name": "", "request_id": uuid.uuid4()}
    response = coordinator.post(reverse("people:add_member", args=[fatima.pk]), form)
    assert response.status_code == 422
    assert not Member.objects.exists()


def test_member_is_taken_off_after_a_question(coordinator, stek, fatima):
    member = factories.member(fatima, "Youssef", "Benali")
    address = reverse("people:remove_member", args=[fatima.pk, member.pk])
    assert "Haal je Youssef Benali weg?" in text_of(coordinator.get(address))
    assert Member.objects.exists()
    assert coordinator.post(address).status_code == 302
    assert not Member.objects.exists()
    assert not find_households(stek=stek, text="benali")


def test_member_of_another_household_is_not_taken_off(coordinator, stek, fatima):
    member = factories.member(factories.household(stek, "Jos", "Peeters"))
    address = reverse("people:remove_member", args=[fatima.pk, member.pk])
    assert coordinator.post(address).status_code == 404
    assert Member.objects.exists()


# --- what waits ---


def test_list_without_access_shows_who_nobody_decided_on(mika, stek, fatima):
    decided = factories.household(stek, "Jos", "Peeters")
    factories.access(decided)
    page = text_of(mika.get(reverse("people:without_access")))
    assert "Fatima El Amrani" in page
    assert "Peeters" not in page
    assert "1 nog geen toegang" in text_of(mika.get(reverse("people:search")))


def test_list_without_access_says_when_it_is_empty(coordinator, fatima):
    factories.access(fatima)
    page = text_of(coordinator.get(reverse("people:without_access")))
    assert "Over elk huishouden is beslist." in page


def test_list_without_access_turns_pages_at_the_same_cost(coordinator, stek, fatima):
    address = reverse("people:without_access")
    first = queries_of(coordinator, address)
    for number in range(2, 53):
        create_household(
            stek=stek,
            first_name="An",
            last_name=f"Peeters {number}",
            adults=1,
            children=0,
            request_id=uuid.uuid4(),
            by=coordinator.user,
        )
    assert queries_of(coordinator, address) == first
    assert "Fatima El Amrani" not in text_of(coordinator.get(address))
    assert "Fatima El Amrani" in text_of(coordinator.get(address, {"pagina": "2"}))
    assert coordinator.get(address, {"pagina": "-1; drop"}).status_code == 200
