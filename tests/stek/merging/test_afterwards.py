"""After a merge: the old number and card at the counter, in lists and on the record."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.imports.drafts import known_households
from people.models import Household, Member, Merge
from stek.merge_moves import gather_strays
from tests import factories
from tests.people import office
from tests.stek.merging.hands import merge
from tests.stek.planted import rechecked
from tests.visits import desk
from tests.visits.desk import text_of
from visits.models import Message, Visit


@pytest.mark.parametrize("how", ["number", "card"])
def test_old_number_and_card_lead_to_the_kept_one_with_a_word(counter, opening, fatima, fatma, how):
    factories.access(fatima)
    merge(fatima, fatma)
    page = desk.enter(counter, opening, getattr(fatma, how))
    assert Visit.objects.get().household == fatima
    shown = text_of(counter.get(page["Location"]))
    assert "Nummer 57 is samengevoegd met nummer 41." in shown
    assert "41 Fatima El Amrani" in text_of(desk.search(counter, opening, "57")) or (
        "was nr. 57" in text_of(desk.search(counter, opening, "57"))
    )


def test_own_number_says_nothing_of_it(counter, opening, fatima, fatma):
    factories.access(fatima)
    merge(fatima, fatma)
    page = counter.get(desk.enter(counter, opening, 41)["Location"])
    assert "samengevoegd" not in text_of(page)


def test_line_that_was_found_before_the_merge_checks_in_the_kept_one(
    counter, opening, fatima, fatma
):
    factories.access(fatima)
    merge(fatima, fatma)
    assert desk.check_in(counter, opening, fatma).status_code == 302
    assert Visit.objects.get().household == fatima


def test_both_checked_in_today_are_both_on_todays_list(counter, opening, fatima, fatma):
    for one in (fatima, fatma):
        factories.visit(opening, one)
    merge(fatima, fatma)
    assert opening.visits.filter(household=fatima, voided_at__isnull=True).count() == 2
    assert desk.show(counter).status_code == 200


def test_visit_that_raced_the_merge_goes_along(opening, fatima, fatma):
    merge(fatima, fatma)
    stray = factories.visit(opening, fatma)
    factories.visit(opening, fatima)
    assert gather_strays(timezone.now()) == 1
    stray.refresh_from_db()
    assert (stray.household, stray.repeated) == (fatima, True)
    assert gather_strays(timezone.now()) == 0


def test_list_with_the_old_number_adds_nobody(coordinator, fatima, fatma):
    merge(fatima, fatma)
    known, erased = known_households(fatima.stek)
    assert (len(known), erased) == (2, [])
    assert {one.number: one.is_old_number for one in known} == {41: False, 57: True}


def test_record_of_the_one_that_went_leads_to_the_kept_one(mika, fatima, fatma):
    merge(fatima, fatma)
    answer = office.record(mika, fatma)
    assert answer["Location"] == reverse("people:household", args=[fatima.pk])
    assert "samengevoegd met nummer 41" in text_of(mika.get(answer["Location"]))


def test_search_by_the_old_number_leads_to_the_kept_one(mika, fatima, fatma):
    merge(fatima, fatma)
    answer = office.search(mika, "57")
    assert answer["Location"] == reverse("people:household", args=[fatima.pk])


def test_household_that_absorbed_three_is_erased_with_them_from_its_page(
    coordinator, stek, fatima, fatma
):
    """A page that asked the database once for each of them would be an error."""
    others = [fatma, *(factories.household(stek, "Fatoe", f"Canari{n}") for n in range(2))]
    factories.message(fatima)
    for one in others:
        factories.member(one, "Fatima", "El Amrani")  # stays behind: she is in it already
        factories.message(one, text="Canarie belde terug.")  # stays behind as well
        factories.retention_hold(one)
        merge(fatima, one, name="gone")
    for days in range(2):
        opening = factories.opening(stek, factories.today() - dt.timedelta(days=days))
        question = factories.question(factories.visit(opening, fatima, purposes=["question"]))
        factories.follow_up(question)
    body = {"number": fatima.number, "reason": "asked"}
    erase = reverse("people:erase", args=[fatima.pk])
    assert rechecked(coordinator).post(erase, body).status_code == 302
    assert Household.objects.erased().count() == 4
    assert not Member.objects.exists()
    assert not Message.objects.exclude(text="").exists()
    assert not any(one.before or one.moved for one in Merge.objects.all())
    assert AuditEvent.objects.filter(verb="erase").count() == 4
    assert rechecked(coordinator).post(erase, body).status_code == 302
    assert AuditEvent.objects.filter(verb="erase").count() == 4
