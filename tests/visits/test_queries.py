"""What a page or a button asks of the database does not grow with the list."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import factories
from tests.visits import desk
from visits.models import Visit

pytestmark = pytest.mark.one_engine("both engines are asked the same questions")

#: Session, person, opening, household; begin, visit, audit, commit; and two to spare.
MOST_FOR_A_CHECK_IN = 10


@pytest.fixture
def count(django_assert_max_num_queries):
    """How many queries one request takes."""

    def of(do) -> int:
        with django_assert_max_num_queries(1000) as asked:
            assert do().status_code == 200
        return len(asked)

    return of


def fill(opening, until: int) -> None:
    """Visits of every kind, so that there are so many in the list."""
    for n in range(Visit.objects.count(), until):
        household = factories.household(opening.stek, f"Gezin{n}")
        factories.access(household)
        factories.member(household, f"Lid{n}")
        purposes = ["grocery", "question"] if n % 2 else ["coffee"]
        factories.visit(
            opening, household if n % 5 else None, purposes=purposes, adults=1, children=0
        )


def test_check_in_takes_few_queries(counter, opening, fatima, django_assert_max_num_queries):
    fill(opening, 60)
    with django_assert_max_num_queries(MOST_FOR_A_CHECK_IN):
        assert desk.check_in(counter, opening, fatima).status_code == 302


def test_check_in_by_number_takes_as_few(counter, opening, fatima, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_FOR_A_CHECK_IN):
        assert desk.enter(counter, opening, fatima.number).status_code == 302


def _pages(client, opening) -> dict:
    def get(view: str, *args: int):
        return lambda: client.get(reverse(f"visits:{view}", args=args))

    return {
        "counter": get("counter"),
        "list": get("today", opening.pk),
        "opening": get("opening", opening.pk),
        "close": get("close_day", opening.pk),
        "openings": get("openings"),
        "print": get("print_list", opening.pk),
        "slips": get("slips", opening.pk),
        "search": lambda: desk.search(client, opening, "gezin"),
        "name": lambda: desk.enter(client, opening, "gezin"),
    }


@pytest.mark.parametrize(
    "name", ["counter", "list", "opening", "close", "openings", "print", "slips"]
)
def test_page_takes_as_many_queries_with_1_and_with_60_visits(counter, opening, count, name):
    counts = set()
    for visits in (1, 3, 60):
        fill(opening, visits)
        counts.add(count(_pages(counter, opening)[name]))
    assert len(counts) == 1


@pytest.mark.parametrize("name", ["search", "name"])
def test_search_takes_as_many_queries_with_10_and_with_60_households(counter, opening, count, name):
    """With few that begin like it, a search looks further: by sound and letters."""
    counts = set()
    # That names came by is noted once a minute.
    fill(opening, 1)
    desk.search(counter, opening, "gezin")
    for visits in (10, 20, 60):
        fill(opening, visits)
        counts.add(count(_pages(counter, opening)[name]))
    assert len(counts) == 1


def test_card_takes_as_many_queries_whatever_the_list(counter, opening, fatima, count):
    visit = factories.visit(opening, fatima)
    counts = set()
    for visits in (1, 3, 60):
        fill(opening, visits)
        counts.add(count(lambda: counter.get(reverse("visits:visit", args=[visit.pk]))))
    assert len(counts) == 1


def test_openings_take_as_many_queries_with_1_and_with_10_days(counter, opening, today, count):
    page = _pages(counter, opening)["openings"]
    one = count(page)
    for days in range(1, 10):
        factories.opening(opening.stek, today - dt.timedelta(days=days))
    assert count(page) == one
