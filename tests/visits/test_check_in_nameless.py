"""Visits without a name, and somebody's first time."""

import pytest
from django.urls import reverse

from people.models import Household
from tests import factories
from tests.visits import desk
from visits.models import Visit

# --- without a name ---


def test_anonymous_visit_counts_people_and_nothing_else(counter, opening):
    response = desk.anonymous(counter, opening, adults=2, children=3, first_this_year="on")
    visit = Visit.objects.get()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (visit.household, visit.adults, visit.children) == (None, 2, 3)
    assert visit.first_this_year
    assert visit.purposes == ["coffee"]
    assert "5 personen zonder naam" in desk.card_of(counter, visit)


def test_anonymous_visits_do_not_stand_in_each_others_way(counter, opening):
    for _visitor in range(3):
        assert desk.anonymous(counter, opening).status_code == 302
    assert "3 bezoeken" in desk.list_of(counter, opening)


@pytest.mark.parametrize(
    ("adults", "children"), [(0, 1), (30, 30), (1, ""), (1, None), ("1", "0"), (" 2 ", "00")]
)
def test_anonymous_accepts_a_sensible_size(counter, opening, adults, children):
    assert desk.anonymous(counter, opening, adults=adults, children=children).status_code == 302


@pytest.mark.parametrize(
    ("adults", "children", "words"),
    [
        (0, 0, "Tel minstens 1 persoon."),
        (-1, 3, "minstens 0 is"),
        (31, 0, "hoogstens 30 is"),
        (1, 31, "hoogstens 30 is"),
        ("x", 0, "geheel getal"),
        ("1,5", 0, "geheel getal"),
        ("", 0, "verplicht"),
        (None, 0, "verplicht"),
        ("9" * 5000, 0, "geheel getal"),
    ],
)
def test_anonymous_refuses_another_size_with_words_at_the_field(
    counter, opening, adults, children, words
):
    response = desk.anonymous(counter, opening, adults=adults, children=children)
    assert response.status_code == 422
    assert words in desk.text_of(response)
    assert not Visit.objects.exists()


def test_anonymous_keeps_the_other_fields_when_one_is_refused(counter, opening):
    page = desk.anonymous(counter, opening, adults=0, children=0, first_this_year="on")
    assert 'name="first_this_year" checked' in page.content.decode()


# --- somebody's first time ---


def test_new_household_is_entered_and_checked_in_with_a_name_and_a_size(counter, opening, stek):
    response = desk.newcomer(counter, opening)
    household, visit = Household.objects.get(), Visit.objects.get()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (household.full_name, household.number) == ("Amina Yilmaz", 1)
    assert (household.adults, household.children) == (2, 1)
    assert (household.stek, household.created_by) == (stek, counter.user)
    assert (visit.household, visit.refusal, visit.override_reason) == (household, "none", "new")
    assert "Amina Yilmaz" in desk.text_of(desk.search(counter, opening, "yilmaz")).replace(
        "Yilmaz ", "Yilmaz"
    )


def test_new_household_form_starts_with_what_was_typed(counter, opening):
    page = counter.post(reverse("visits:new_household"), {"opening": opening.pk, "q": "Yilmaz"})
    assert page.status_code == 200
    assert 'value="Yilmaz"' in page.content.decode()
    assert not Household.objects.exists()


def test_new_household_that_looks_like_another_is_shown_it_first(counter, opening, stek):
    factories.household(stek, "Amina", "Yilmaz", number=12)
    response = desk.newcomer(counter, opening, last_name="Yılmaz")
    said = desk.text_of(response, "card")
    assert response.status_code == 422
    assert "Is het iemand van hen?" in said
    assert "12 Amina Yilmaz" in said
    assert Household.objects.count() == 1


def test_new_household_is_entered_when_somebody_says_it_is_no_double(counter, opening, stek):
    factories.household(stek, "Amina", "Yilmaz")
    assert desk.newcomer(counter, opening, confirmed="1").status_code == 302
    assert Household.objects.count() == 2


def test_new_household_never_shows_a_likeness_of_another_stek(counter, opening, essen):
    factories.household(essen, "Amina", "Yilmaz")
    assert desk.newcomer(counter, opening).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_name": "", "last_name": " "}, "Vul een voornaam of een familienaam in."),
        ({"last_name": "85.07.30-033.61"}, "lijkt op een rijksregisternummer"),
        ({"first_name": "=1+1"}, "Begin niet met het teken"),
        ({"first_name": "<b>An</b>"}, "Laat de tekens < en > weg."),
        ({"first_name": "x" * 81}, "80"),
        ({"adults": "0", "children": "0"}, "Tel minstens 1 persoon."),
    ],
)
def test_new_household_is_refused_with_words_and_keeps_the_rest(counter, opening, wrong, words):
    response = desk.newcomer(counter, opening, **wrong)
    assert response.status_code == 422
    assert words in desk.text_of(response)
    kept = "Amina" if "first_name" not in wrong else "Yilmaz"
    if "last_name" not in wrong or "first_name" not in wrong:
        assert f'value="{kept}"' in response.content.decode()
    assert not Household.objects.exists()
    assert not Visit.objects.exists()
