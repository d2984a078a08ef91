"""Erasing: identity goes everywhere, counts stay, and nothing of it is found again."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household, HouseholdImport, NameKey
from people.rights import EraseReason
from people.search import find_households
from reports.exports.folder import begin, complete, folder, new_name
from reports.models import Export
from stek.erasure import erase_household
from stek.privacy import FIELDS, Kept, Privacy
from tests import factories
from tests.people import office
from tests.stek.planted import household_with_everything, mark, rechecked, rows_of
from tests.visits import desk
from tests.visits.desk import text_of


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(
        stek, number=147, adults=2, children=3, phone="0476 12 34 56", language="ar"
    )


def erase(client, household, **more: Any):
    body = {"number": str(household.number), "reason": "asked"} | more
    return rechecked(client).post(reverse("people:erase", args=[household.pk]), body)


# --- nothing is left ---


def test_erasing_empties_every_field_that_says_who_somebody_is(stek, opening):
    household = household_with_everything(stek, opening)
    mark(household, "A", only_personal=True)
    erase_household(household, by=factories.user())
    household.refresh_from_db()
    gone = {Kept.IDENTITY, Kept.MESSAGE, Kept.NOTE, Kept.DRAFT, Kept.REQUEST, Kept.REFERRAL,
            Kept.RESTRICTION}  # fmt: skip
    left = [
        name
        for row in rows_of(household)
        for name, (kind, kept) in FIELDS.items()
        if name.startswith(f"{row._meta.label}.")
        and kind is Privacy.PERSONAL
        and kept in gone
        and getattr(row, name.rsplit(".", 1)[1])
    ]
    assert left == []


def _taken_out(stek, household: Household, *marks: str) -> Export:
    """A file with the names of everybody, of a period in which the household came."""
    name = new_name("csv")
    begin(name).write_bytes(" ".join(marks).encode())
    complete(name)
    expires = timezone.now() + dt.timedelta(hours=5)
    return factories.export(stek, with_names=True, file=name, rows=1, size=9, expires_at=expires)


def test_list_that_was_not_read_in_and_names_somebody_else_stays(stek, fatima):
    table = {"tables": [{"rows": [{"number": 3, "cells": ["Fatima", "Peeters"]}]}]}
    draft = factories.household_import(stek, table=table)
    essen = factories.stek("Essen")
    other = factories.household_import(
        essen, table={"tables": [{"rows": [{"cells": ["El Amrani Fatima"]}]}]}
    )
    erase_household(fatima, by=factories.user())
    assert set(HouseholdImport.objects.exclude(table={})) == {draft, other}


def test_file_of_days_on_which_somebody_did_not_come_stays(stek, fatima, today):
    factories.visit(factories.opening(stek, today - dt.timedelta(days=400)), fatima)
    export = _taken_out(stek, fatima, "iemand")
    erase_household(fatima, by=factories.user())
    export.refresh_from_db()
    assert export.state == "done"
    assert (folder() / export.file).is_file()


def test_export_that_is_being_made_with_names_is_stopped(stek, fatima, opening):
    factories.visit(opening, fatima)
    export = factories.export(stek, with_names=True, state="waiting")
    erase_household(fatima, by=factories.user())
    export.refresh_from_db()
    assert export.state == "cancelled"


# --- counts stay, and twice is once ---


def test_erase_takes_the_identity_and_keeps_the_counts(coordinator, stek, fatima, opening):
    factories.member(fatima, "Youssef", "Benali")
    message = factories.message(fatima)
    factories.access(fatima)
    visit = factories.visit(opening, fatima)
    card = fatima.card
    response = erase(coordinator, fatima)
    page = text_of(coordinator.get(response["Location"]))
    assert "Dit huishouden is gewist op" in page
    assert "winkel" in page
    for gone in ("Fatima", "El Amrani", "Youssef", "0476", "Arabisch", "LIGO"):
        assert gone not in page
    for row in (fatima, message, visit):
        row.refresh_from_db()
    assert (fatima.number, fatima.adults, fatima.children) == (147, 2, 3)
    assert (fatima.eraser, fatima.erased_reason) == (coordinator.user, "asked")
    assert fatima.card != card
    assert (message.text, visit.household, visit.persons) == ("", fatima, 5)
    assert not NameKey.objects.exists()
    assert not find_households(stek=stek, text="fatima")


def test_erasing_says_in_the_log_who_and_why_and_no_name(coordinator, fatima):
    erase(coordinator, fatima, reason="mistake")
    event = AuditEvent.objects.get(verb="erase")
    assert (event.actor_id, event.fields) == (coordinator.user.pk, ["reason_mistake"])


@pytest.mark.parametrize("reason", ["", "term", "zomaar"])
def test_person_erases_for_a_reason_of_a_person(coordinator, fatima, reason):
    response = erase(coordinator, fatima, reason=reason)
    assert response.status_code == 422
    assert "Kies een reden" in text_of(response)
    fatima.refresh_from_db()
    assert fatima.erased_at is None


def test_erasing_twice_does_it_once(coordinator, fatima):
    assert erase(coordinator, fatima).status_code == 302
    again = erase(coordinator, fatima)
    assert again.status_code == 302
    assert again["Location"] == reverse("people:household", args=[fatima.pk])
    page = rechecked(coordinator).get(reverse("people:erase", args=[fatima.pk]))
    assert page.status_code == 302
    assert AuditEvent.objects.filter(verb="erase").count() == 1


def test_erase_that_fails_halfway_erases_nothing(coordinator, fatima, monkeypatch):
    message = factories.message(fatima)

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("people.actions.rebuild_keys", fail)
    with pytest.raises(RuntimeError):
        erase_household(fatima, by=coordinator.user)
    message.refresh_from_db()
    assert message.text == "LIGO belde terug."


def test_who_is_checked_in_today_can_be_erased_and_the_counter_says_so(
    coordinator, counter, opening, fatima
):
    factories.visit(opening, fatima)
    page = rechecked(coordinator).get(reverse("people:erase", args=[fatima.pk]))
    assert "vandaag aangemeld" in text_of(page)
    erase(coordinator, fatima)
    shown = text_of(counter.get(reverse("visits:today", args=[opening.pk])))
    assert "gewist" in shown
    assert "Fatima" not in shown


def test_open_referral_of_who_is_erased_is_dropped_warm_or_cold(stek, opening, fatima):
    visit = factories.visit(opening, fatima, purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    warm = factories.referral(question, factories.partner(stek), channel="letter")
    cold = factories.referral(question, factories.partner(stek, "OCMW"), channel="address")
    erase_household(fatima, by=factories.user())
    for row in (warm, cold):
        row.refresh_from_db()
        assert (row.state, row.reason) == ("dropped_out", "erased")
        assert not row.links.exists()


def test_struck_out_referral_with_an_appointment_does_not_stop_erasing(stek, opening, fatima):
    visit = factories.visit(opening, fatima, purposes=["question"])
    row = factories.referral(
        factories.question(visit, factories.theme(stek)), factories.partner(stek)
    )
    at, by = timezone.now(), factories.user()
    step = {"referral": row, "what": "appointment", "at": at, "by": by, "appointment_at": at}
    type(row.steps.get(what="contacted")).objects.create(**step)
    type(row).objects.filter(pk=row.pk).update(
        state="appointment", appointment_at=at, voided_at=at, voided_by=by, void_reason="mistake"
    )
    erase_household(fatima, by=by)
    row.refresh_from_db()
    assert row.appointment_at is None


def test_hold_of_who_is_erased_is_over(stek, fatima):
    hold = factories.retention_hold(fatima)
    by = factories.user()
    erase_household(fatima, by=by, reason=EraseReason.MISTAKE)
    hold.refresh_from_db()
    assert hold.lifted_by == by


# --- the page ---


def test_erase_says_first_what_goes_and_what_stays(coordinator, stek, opening):
    household = household_with_everything(stek, opening)
    _taken_out(stek, household)
    page = text_of(rechecked(coordinator).get(reverse("people:erase", args=[household.pk])))
    for words in (
        "de naam van 1 ander lid",
        "een bericht dat nog wacht",
        "1 nota bij een vraag",
        "de tekst van 1 opvolging",
        "1 bestand met namen",
        "1 doorverwijzing die nog loopt",
        "1 bezoek, zodat de cijfers blijven kloppen",
    ):
        assert words in page
    household.refresh_from_db()
    assert household.erased_at is None


@pytest.mark.parametrize("typed", ["", "148", "ja", "0147"])
def test_erase_needs_the_number_of_this_household(coordinator, fatima, typed):
    assert erase(coordinator, fatima, number=typed).status_code == 422
    fatima.refresh_from_db()
    assert fatima.first_name == "Fatima"


def test_erase_asks_for_the_password_again(coordinator, fatima):
    address = reverse("people:erase", args=[fatima.pk])
    body = {"number": "147", "reason": "asked"}
    response = coordinator.post(address, body)
    assert response.status_code == 422
    assert "Typ je wachtwoord" in text_of(response)
    fatima.refresh_from_db()
    assert fatima.erased_at is None


def test_erased_household_offers_nothing_to_change(coordinator, fatima):
    erase(coordinator, fatima)
    page = office.record(coordinator, fatima).content.decode()
    for name in ("edit", "grant", "message", "card", "erase", "restrict", "hold"):
        assert reverse(f"people:{name}", args=[fatima.pk]) not in page
    left = coordinator.post(reverse("people:message", args=[fatima.pk]), {"text": "Dag."})
    assert left.status_code == 404


def test_erased_household_comes_in_no_more(counter, opening, fatima):
    erase_household(fatima, by=factories.user())
    assert "Er is geen klant met nummer 147" in text_of(desk.enter(counter, opening, 147))
