"""A check-in that is undone or struck out."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests import factories
from tests.visits import desk
from visits.models import Visit


def test_undo_strikes_the_visit_out_and_it_no_longer_counts(counter, opening, fatima):
    visit = factories.visit(opening, fatima, by=counter.user)
    response = desk.press(counter, "undo", visit)
    visit.refresh_from_db()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (visit.void_reason, visit.voided_by) == ("undone", counter.user)
    listed = desk.list_of(counter, opening)
    assert listed.startswith("0 bezoeken 0 personen")
    assert "Fatima E. geschrapt: ongedaan gemaakt" in listed


def test_undo_frees_the_household_for_a_new_check_in(counter, opening, fatima):
    desk.press(counter, "undo", factories.visit(opening, fatima, by=counter.user))
    assert desk.check_in(counter, opening, fatima).status_code == 302
    assert Visit.objects.counted().count() == 1


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("mistake", "vergissing"),
        ("wrong", "verkeerde persoon"),
        ("double", "dubbel"),
        ("left", "toch niet gebleven"),
    ],
)
def test_void_shows_its_reason_in_the_list_and_frees_the_household(
    counter, opening, fatima, reason, word
):
    visit = factories.visit(opening, fatima)
    assert desk.press(counter, "void", visit, reason=reason).status_code == 302
    assert f"geschrapt: {word}" in desk.list_of(counter, opening)
    assert "Meld opnieuw aan" in desk.card_of(counter, visit)
    assert desk.enter(counter, opening, fatima.number).status_code == 302


def test_void_again_keeps_the_first_reason_and_logs_once(counter, volunteer, opening, fatima):
    visit = factories.visit(opening, fatima)
    desk.press(counter, "void", visit, reason="double")
    desk.press(volunteer, "void", visit, reason="left")
    visit.refresh_from_db()
    assert (visit.void_reason, visit.voided_by) == ("double", counter.user)
    assert AuditEvent.objects.filter(verb="void").count() == 1


@pytest.mark.parametrize("reason", ["", "x", "geschrapt"])
def test_void_without_a_reason_is_refused(counter, opening, fatima, reason):
    visit = factories.visit(opening, fatima)
    response = desk.press(counter, "void", visit, reason=reason)
    assert response.status_code == 422
    assert "Kies waarom je dit bezoek schrapt." in desk.text_of(response)
    visit.refresh_from_db()
    assert not visit.is_voided
