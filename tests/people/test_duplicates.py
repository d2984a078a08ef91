"""Who is suggested as the same household, and who is not."""

import time

import pytest

from bench.names import households
from people.duplicate import Reason
from people.duplicates import DuplicateFinder, phone_key, possible_duplicates
from people.models import Household
from places.models import Stek
from tests import factories


@pytest.fixture
def stek(db: None) -> Stek:
    return factories.stek("Kalmthout")


def reasons(stek: Stek, first: str, last: str, **details: object) -> list[tuple[Reason, ...]]:
    """The same from both ways of asking: one household, and a whole list."""
    one = possible_duplicates(stek=stek, first_name=first, last_name=last, **details)
    many = DuplicateFinder(stek).find(first_name=first, last_name=last, **details)
    assert [(d.household, d.score, d.reasons) for d in one] == [
        (d.household, d.score, d.reasons) for d in many
    ]
    return [duplicate.reasons for duplicate in one]


SAME = [
    (("Mohamed", "El Amrani"), ("Mohammed", "El Amrani"), Reason.SIMILAR_NAME),
    (("Mohamed", "El Amrani"), ("Muhammad", "Elamrani"), Reason.SIMILAR_NAME),
    (("Mohamed Amine", "El Amrani"), ("Mohamed", "El Amrani"), Reason.SIMILAR_NAME),
    (("Jos", "Vandenbroeck"), ("Jozef", "Van den Broeck"), Reason.SIMILAR_NAME),
    (("Jos", "Vandenbroeck"), ("Jos", "Van den Broeck"), Reason.SAME_NAME),
    (("Jef", "Peeters"), ("Jozef", "Peeters"), Reason.SIMILAR_NAME),
    (("Jozef", "Peeters"), ("Jozef", "Peters"), Reason.SIMILAR_NAME),
    (("Ingrid", "Claes"), ("Claes", "Ingrid"), Reason.SWAPPED_NAME),
    (("Ingrid", "Claes"), ("Klaas", "Ingrid"), Reason.SWAPPED_NAME),
    (("Ingrid", "Claes"), ("INGRID", "CLAES"), Reason.SAME_NAME),
    (("Zoë", "Țurcanu"), ("Zoe", "Turcanu"), Reason.SAME_NAME),
    (("Олена", "Шевченко"), ("Olena", "Shevchenko"), Reason.SAME_NAME),
    (("Youssef", "Haddad"), ("Yusuf", "Hadad"), Reason.SIMILAR_NAME),
    (("Zbigniew", "Kaczmarek"), ("Zbignief", "Kachmarek"), Reason.SIMILAR_NAME),
    (("Kristof", "Vermeulen"), ("Kristof", "Vermuelen"), Reason.SIMILAR_NAME),
    (("Jean-Paul", "Cools"), ("Jeanpaul", "Cools"), Reason.SIMILAR_NAME),
    (("", "Kaczmarek"), ("", "Kaczmarek"), Reason.SAME_NAME),
    (("Y", "Ng"), ("Y", "Ng"), Reason.SAME_NAME),
]


@pytest.mark.parametrize(("known", "asked", "reason"), SAME)
def test_same_household_is_suggested_with_its_reason(
    stek: Stek, known: tuple[str, str], asked: tuple[str, str], reason: Reason
) -> None:
    factories.household(stek, *known)
    assert reasons(stek, *asked) == [(reason,)]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (("Jan", "Peeters"), ("Jos", "Peeters")),
        (("Jan", "Peeters"), ("An", "Peeters")),
        (("Maria", "Janssens"), ("Marc", "Janssens")),
        (("Bart", "Peeters"), ("Bert", "Peeters")),
        (("Jan", "Peeters"), ("Jon", "Peeters")),
        (("Tom", "Peeters"), ("Tim", "Peeters")),
        (("Mohamed", "El Amrani"), ("Ahmed", "El Amrani")),
        (("Mohamed", "El Amrani"), ("Mohamed", "El Khattabi")),
        (("Fatima", "Haddad"), ("Fatiha", "Bakali")),
        (("Luc", "Maes"), ("Luc", "Claes")),
        (("Jan", "Peeters"), ("", "Peeters")),
        (("", "Peeters"), ("Jan", "Peeters")),
        (("Peter", "Jans"), ("Jan", "Peeters")),
        (("Jan", "Peeters"), ("", "")),
    ],
)
def test_other_people_are_not_suggested(
    stek: Stek, known: tuple[str, str], asked: tuple[str, str]
) -> None:
    factories.household(stek, *known)
    assert reasons(stek, *asked) == []


def test_member_is_suggested_as_the_household_they_are_in(stek: Stek) -> None:
    household = factories.household(stek, "Jan", "Peeters")
    factories.member(household, "Fatima", "Haddad")
    assert reasons(stek, "Fatima", "Hadad") == [(Reason.SIMILAR_NAME, Reason.MEMBER)]


@pytest.mark.parametrize("phone", ["0476 12 34 56", "0476/12.34.56", "+32 476 12 34 56"])
def test_same_phone_makes_half_a_name_enough(stek: Stek, phone: str) -> None:
    factories.household(stek, "Fatima", "Haddad", phone="0476 12 34 56")
    assert reasons(stek, "Youssef", "Haddad") == []
    assert reasons(stek, "Youssef", "Haddad", phone=phone) == [
        (Reason.SIMILAR_NAME, Reason.SAME_PHONE)
    ]


def test_same_phone_alone_is_nobody(stek: Stek) -> None:
    """A social worker's number stands with many households."""
    factories.household(stek, "Fatima", "Haddad", phone="0476 12 34 56")
    assert reasons(stek, "Jan", "Peeters", phone="0476 12 34 56") == []
    assert reasons(stek, "Jan", "Peeters", phone="geen") == []


def test_same_size_and_phone_move_a_household_up(stek: Stek) -> None:
    plain = factories.household(stek, "Mohamed", "Zerouali", adults=1, children=0)
    sized = factories.household(stek, "Mohamed", "Zerouali", adults=2, children=3)
    called = factories.household(stek, "Mohamed", "Zerouali", adults=1, phone="0476 12 34 56")
    found = possible_duplicates(
        stek=stek, first_name="Mohamed", last_name="Zerouali", phone="0476123456",
        adults=2, children=3,
    )  # fmt: skip
    assert [duplicate.household for duplicate in found] == [called, sized, plain]
    assert found[1].reasons == (Reason.SAME_NAME, Reason.SAME_SIZE)


def test_itself_another_stek_and_the_erased_are_left_out(stek: Stek) -> None:
    household = factories.household(stek, "Zbigniew", "Kaczmarek", phone="0476 12 34 56")
    asked = {"first_name": "Zbigniew", "last_name": "Kaczmarek", "phone": "0476 12 34 56"}
    assert possible_duplicates(stek=stek, exclude=household, **asked) == []
    assert possible_duplicates(stek=factories.stek("Essen"), **asked) == []
    household.first_name = household.last_name = household.phone = ""
    household.erased_at, household.eraser = household.created_at, household.created_by
    household.save()
    assert reasons(stek, "Zbigniew", "Kaczmarek", phone="0476 12 34 56") == []


def test_common_name_is_found_among_many_of_one_surname(stek: Stek) -> None:
    for number in range(1, 201):
        factories.household(stek, f"Jo{'abcdefghij'[number % 10]}n", "Peeters", number=number)
    wanted = factories.household(stek, "Jozef", "Peeters", number=900)
    found = possible_duplicates(stek=stek, first_name="Jef", last_name="Peters")
    assert found[0].household == wanted
    assert len(found) <= 5


def test_number_of_queries_is_the_same_for_any_book(stek: Stek, django_assert_num_queries) -> None:
    for number in (1, 20):
        for each in range(number):
            row = factories.household(
                stek, "Jan", "Maes", phone="0476 12 34 56", number=number + each
            )
            factories.member(row, "An")
        with django_assert_num_queries(5):
            possible_duplicates(
                stek=stek, first_name="Jan", last_name="Maes", phone="0476 12 34 56"
            )
        with django_assert_num_queries(2):
            DuplicateFinder(stek)


def test_rows_of_one_list_are_compared_with_each_other() -> None:
    finder = DuplicateFinder()
    finder.add_row(7, first_name="Mohamed", last_name="El Amrani")
    (duplicate,) = finder.find(first_name="Mohammed", last_name="El Amrani")
    assert (duplicate.row, duplicate.household) == (7, None)


def test_list_of_ten_thousand_is_compared_in_seconds() -> None:
    families = list(households(40_000))
    finder, hits = DuplicateFinder(), 0
    for row, family in enumerate(families[:5_000]):
        finder.add_row(row, first_name=family[0][0], last_name=family[0][1])
    started = time.process_time()
    for row, family in enumerate(families[5_000:15_000], 5_000):
        first, last = family[0]
        hits += bool(finder.find(first_name=first, last_name=last))
        finder.add_row(row, first_name=first, last_name=last)
    assert hits
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    ("phone", "key"),
    [("0476 12 34 56", "+32476123456"), ("+32476123456", "+32476123456"),
     ("0032 476 12 34 56", "+32476123456"), ("03/666.23.65", "+3236662365"),
     ("+31 6 12345678", "+31612345678"), ("", ""), ("onbekend", ""), ("\x00", "")],
)  # fmt: skip
def test_phone_key_is_one_form(phone: str, key: str) -> None:
    assert phone_key(phone) == key


def test_finder_knows_only_the_households_it_was_given(stek: Stek) -> None:
    one = factories.household(stek, "Jan", "Maes")
    two = factories.household(stek, "Jan", "Maes")
    factories.member(two, "An", "Cools")
    finder = DuplicateFinder()
    finder.add_households(Household.objects.filter(pk=one.pk), two.members.all())
    assert [d.household for d in finder.find(first_name="Jan", last_name="Maes")] == [one]
    assert finder.find(first_name="An", last_name="Cools") == []
