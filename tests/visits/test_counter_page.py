"""The one field of the counter: what it finds, takes and refuses; and the list beside it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.cards import token_of
from tests import factories
from tests.visits import desk
from visits.models import Visit

#: What a scanner set to a US keyboard types on a Belgian AZERTY laptop, by key.
AZERTY = str.maketrans("0123456789-", "à&é\"'(§è!ç)")
#: With caps lock on.
AZERTY_CAPS = str.maketrans("-", "°")


# --- searching ---


def test_search_finds_nobody_for_one_letter(counter, opening, fatima):
    assert "Fatima" not in desk.text_of(desk.search(counter, opening, "F"))
    assert "Niemand gevonden" not in desk.text_of(desk.search(counter, opening, "F"))


def test_search_finds_a_household_from_two_letters(counter, opening, fatima):
    found = desk.text_of(desk.search(counter, opening, "fa"))
    assert "Fa tima El Amrani 1 volwassene, 2 kinderen" in found
    assert "nog nooit hier" in found
    assert "Toegang tot" in found


def test_search_finds_a_household_by_another_member(counter, opening, fatima):
    factories.member(fatima, "Youssef", "Benali")
    found = desk.text_of(desk.search(counter, opening, "benal"))
    assert "gezin van Fatima El Amrani" in found


def test_search_says_it_found_nobody(counter, opening, fatima):
    assert "Niemand gevonden met “xqzw”" in desk.text_of(desk.search(counter, opening, "xqzw"))


def test_search_answers_post_only(counter, opening):
    response = counter.get(reverse("visits:search"), {"opening": opening.pk, "q": "fatima"})
    assert response.status_code == 405


def test_search_never_shows_another_stek(counter, opening, essen, fatima):
    factories.household(essen, "Fatoumata", "Diallo")
    found = desk.text_of(desk.search(counter, opening, "fat"))
    assert "El Amrani" in found
    assert "Diallo" not in found


def test_search_leaves_out_an_erased_household(counter, opening, fatima):
    fatima.first_name = fatima.last_name = ""
    fatima.erased_at, fatima.eraser = dt.datetime.now(dt.UTC), counter.user
    fatima.save()
    assert "El Amrani" not in desk.text_of(desk.search(counter, opening, "fatima"))


def test_search_says_who_is_here_already(counter, opening, fatima):
    factories.visit(opening, fatima)
    found = desk.text_of(desk.search(counter, opening, "fatima"))
    assert "Vandaag al aangemeld" in found
    assert "deze week hier" in found


@pytest.mark.parametrize(
    ("days_ago", "words"), [(7, "vorige week hier"), (28, "4 weken niet gezien")]
)
def test_search_says_when_somebody_was_last_here(counter, opening, fatima, today, days_ago, words):
    earlier = factories.opening(opening.stek, today - dt.timedelta(days=days_ago), closed=True)
    factories.visit(earlier, fatima)
    assert words in desk.text_of(desk.search(counter, opening, "fatima"))


def test_search_does_not_count_a_voided_visit_as_being_here(counter, opening, fatima):
    visit = factories.visit(opening, fatima, by=counter.user)
    desk.press(counter, "undo", visit)
    assert "nog nooit hier" in desk.text_of(desk.search(counter, opening, "fatima"))


# --- Enter: number, card, name ---


def test_enter_with_a_number_checks_in(counter, opening, fatima):
    response = desk.enter(counter, opening, fatima.number)
    visit = Visit.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (visit.household, visit.adults, visit.children) == (fatima, 1, 2)
    assert "Aangemeld: Fatima El Amrani" in desk.card_of(counter, visit)


@pytest.mark.parametrize("keyboard", [{}, AZERTY, AZERTY_CAPS], ids=["qwerty", "azerty", "caps"])
def test_enter_with_a_scanned_card_checks_in(counter, opening, fatima, keyboard):
    fatima.card = token_of(20260321)
    fatima.save()
    assert desk.enter(counter, opening, fatima.card.translate(keyboard)).status_code == 302
    assert Visit.objects.get().household == fatima


def test_enter_with_a_misread_card_asks_to_scan_again(counter, opening, fatima):
    token = token_of(20260321)
    misread = token[:-1] + str((int(token[-1]) + 1) % 10)
    response = desk.enter(counter, opening, misread)
    assert response.status_code == 422
    assert "Scan ze nog eens" in desk.text_of(response)
    assert not Visit.objects.exists()


def test_enter_with_a_card_of_another_stek_checks_nobody_in(counter, opening, essen):
    elsewhere = factories.household(essen)
    response = desk.enter(counter, opening, elsewhere.card)
    assert response.status_code == 422
    assert "niet van hier" in desk.text_of(response)
    assert not Visit.objects.exists()


def test_enter_with_an_unknown_number_says_so(counter, opening, fatima):
    response = desk.enter(counter, opening, 4711)
    assert response.status_code == 422
    assert "Er is geen klant met nummer 4711." in desk.text_of(response)
    assert 'value="4711"' in response.content.decode()


def test_enter_with_a_number_of_another_stek_says_it_is_unknown(counter, opening, essen):
    factories.household(essen, number=50)
    assert "geen klant met nummer 50" in desk.text_of(desk.enter(counter, opening, "50"))


def test_enter_with_a_name_shows_who_may_be_meant_and_checks_nobody_in(counter, opening, fatima):
    response = desk.enter(counter, opening, "fatima")
    assert response.status_code == 200
    assert f'id="hit-{fatima.pk}"' in response.content.decode()
    assert not Visit.objects.exists()


def test_enter_with_an_empty_field_changes_nothing(counter, opening, fatima):
    assert desk.enter(counter, opening, "  ").status_code == 200
    assert not Visit.objects.exists()


# --- the page ---


def test_counter_holds_no_name_until_somebody_types(counter, opening, fatima):
    assert "Fatima" not in desk.show(counter).content.decode()


def test_counter_search_and_list_hold_no_name_in_an_address_or_title(counter, opening, fatima):
    desk.enter(counter, opening, fatima.number)
    page = counter.get(reverse("visits:visit", args=[Visit.objects.get().pk]))
    head = page.content.decode().split("</title>")[0]
    assert "Amrani" not in head
    assert "Amrani" not in page.request["PATH_INFO"]


def test_counter_is_not_kept_by_the_browser(counter, opening):
    assert "no-store" in desk.show(counter).headers["Cache-Control"]


# --- the list of the day ---


def test_list_shows_number_and_short_name_and_never_the_family_name(counter, opening, fatima):
    factories.visit(opening, fatima)
    listed = desk.list_of(counter, opening)
    assert "13u30 1 Fatima E. winkel" in listed
    assert "Amrani" not in listed


def test_list_shows_numbers_only_where_the_stek_chose_so(counter, opening, stek, fatima):
    stek.shows_names = False
    stek.save()
    factories.visit(opening, fatima)
    paper = counter.get(reverse("visits:print_list", args=[opening.pk]))
    for page in (
        counter.get(reverse("visits:today", args=[opening.pk])),
        desk.show(counter),
        paper,
    ):
        assert "Fatima" not in page.content.decode()
        assert "13u30 1 " in desk.text_of(page)


def test_list_counts_visits_persons_and_questions(counter, opening, fatima, jozef):
    factories.visit(opening, fatima, purposes=["grocery", "question"])
    factories.visit(opening, jozef)
    factories.anonymous_visit(opening, adults=2, children=3)
    listed = desk.list_of(counter, opening)
    assert listed.startswith("3 bezoeken 9 personen 1 wacht op een vraag")
    assert "zonder naam, 5 pers." in listed


def test_list_of_one_laptop_holds_what_the_other_checked_in(counter, volunteer, opening, fatima):
    assert "Fatima" not in desk.list_of(volunteer, opening)
    desk.enter(counter, opening, fatima.number)
    assert "Fatima E." in desk.list_of(volunteer, opening)


def test_printed_list_shows_what_counts_and_logs_who_printed(counter, opening, fatima, jozef):
    factories.visit(opening, fatima)
    desk.press(counter, "undo", factories.visit(opening, jozef, by=counter.user))
    page = desk.text_of(counter.get(reverse("visits:print_list", args=[opening.pk])))
    assert "1 bezoeken, 3 personen" in page
    assert "Fatima E." in page
    assert "Jozef" not in page
    logged = AuditEvent.objects.get(kind="read", verb="print_list")
    assert (logged.actor_id, logged.subject_id) == (counter.user.pk, opening.pk)


def test_empty_paper_list_has_lines_to_write_on(counter, stek):
    page = counter.get(reverse("visits:print_slips")).content.decode()
    assert page.count("<tr>") == 1 + 20


def test_erased_household_stays_in_the_list_without_its_name(coordinator, counter, opening, fatima):
    visit = factories.visit(opening, fatima)
    fatima.first_name = fatima.last_name = ""
    fatima.erased_at, fatima.eraser = dt.datetime.now(dt.UTC), coordinator.user
    fatima.save()
    assert "1 gewist" in desk.list_of(counter, opening)
    assert "gewist" in desk.card_of(counter, visit)


# --- who may be here ---


def test_counter_of_a_visitor_asks_to_sign_in(stranger):
    response = stranger.get(reverse("visits:counter"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["counter", "helper", "mika", "coordinator", "administrator"])
def test_counter_opens_for_every_role(request, opening, who):
    assert desk.show(request.getfixturevalue(who)).status_code == 200


def test_enter_without_an_opening_is_not_found(counter, opening, fatima):
    for none in ("", "x", "-1", "0", "1e3", "٣", "9" * 18, "9" * 40, str(uuid.uuid4())):
        response = counter.post(reverse("visits:enter"), {"opening": none, "q": fatima.number})
        assert response.status_code == 404
    assert not Visit.objects.exists()
