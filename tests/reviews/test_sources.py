"""What stands in the inbox, source by source, and what does not."""

import datetime as dt

import pytest
from django.db.models import F
from django.urls import reverse

from people.models import DuplicatePair
from people.pair_actions import keep_apart
from people.pairs import compare_changed
from referrals.models import Referral
from reviews.kinds import Kind
from reviews.sources import SOURCES
from tests import factories
from tests.reviews import desk
from visits.models import Visit


def about(who, kind: Kind, query: str = "") -> list[str]:
    """What the lines of one kind say."""
    return [text for name, text in desk.items(who, query=query).items() if name.startswith(kind)]


def shown(who) -> str:
    return desk.page(who).content.decode()


@pytest.fixture
def theme(stek):
    return factories.theme(stek, "energie en water")


@pytest.fixture
def question(stek, theme, today):
    """Of household 7, two weeks ago."""
    opening = factories.opening(stek, today - dt.timedelta(days=14), closed=True)
    household = desk.household(stek, number=7)
    factories.access(household, referrer=factories.referrer(stek))
    visit = factories.visit(opening, household, purposes=["question"])
    return factories.question(visit, theme)


def test_every_kind_has_a_source():
    assert set(SOURCES) == set(Kind)


def test_empty_stek_has_an_empty_inbox(mika):
    assert desk.waiting(mika) == []
    assert "Hier wacht niets." in desk.read(mika)
    assert "Niets te doen." in desk.read(mika)


# --- after a day ---


def test_follow_up_waits_from_the_week_in_which_it_is_due(mika, question, today):
    row = factories.follow_up(question, due=today - dt.timedelta(days=3), kind="task", what="Bel.")
    (line,) = about(mika, Kind.FOLLOW_UP)
    assert "7" in line.split()
    assert "Bel." in line
    assert "3 dagen te laat" in line
    row.due = today + dt.timedelta(days=3)
    row.save()
    (line,) = about(mika, Kind.FOLLOW_UP)
    assert "te laat" not in line
    assert "zo 22/11" in line
    row.due = today + dt.timedelta(days=4)
    row.save()
    assert about(mika, Kind.FOLLOW_UP) == []


def test_follow_up_that_is_done_or_of_a_struck_question_is_gone(mika, question, today):
    row = factories.follow_up(
        question, due=today, documents=[factories.document(question.opening.stek)]
    )
    (line,) = about(mika, Kind.FOLLOW_UP)
    assert "Brengt mee: loonbrief" in line
    question.voided_at, question.voided_by, question.void_reason = desk.ago(0), mika.user, "mistake"
    question.save()
    assert about(mika, Kind.FOLLOW_UP) == []
    question.voided_at = question.voided_by = None
    question.void_reason = ""
    question.save()
    row.done_at, row.done_by = desk.ago(0), mika.user
    row.save()
    assert about(mika, Kind.FOLLOW_UP) == []


def test_day_that_was_never_closed_waits_until_it_is(mika, stek, today):
    factories.opening(stek)
    late = factories.opening(stek, today - dt.timedelta(days=2))
    (line,) = about(mika, Kind.OPENING)
    assert "De dag van di 17/11 is niet gesloten" in line
    assert f"/balie/opening/{late.pk}/sluiten/" in desk.page(mika).content.decode()
    late.closed_at, late.closed_by = desk.ago(0), mika.user
    late.save()
    assert about(mika, Kind.OPENING) == []


# --- between us and others ---


def test_referral_without_contact_waits_after_seven_days(mika, question, stek):
    caw = factories.partner(stek)
    referral = factories.referral(question, caw, agreed=None)
    assert about(mika, Kind.WAITING) == []
    Referral.objects.update(state_at=F("state_at") - dt.timedelta(days=7))
    assert about(mika, Kind.WAITING) == []
    Referral.objects.update(state_at=F("state_at") - dt.timedelta(days=1))
    (line,) = about(mika, Kind.WAITING)
    assert "Nog geen contact met CAW" in line
    assert f"/doorverwijzingen/{referral.pk}/" in desk.page(mika).content.decode()


def test_partner_that_is_silent_longer_than_the_stek_allows_is_told(mika, question, stek):
    caw = factories.partner(stek)
    factories.referral(question, caw, days_ago=stek.silent_days - 1)
    assert about(mika, Kind.SILENT) == []
    Referral.objects.update(state_at=F("state_at") - dt.timedelta(days=2))
    (line,) = about(mika, Kind.SILENT)
    assert "CAW liet niets weten" in line


def test_request_waits_after_seven_days_and_only_a_coordinator_is_sent_there(
    mika, coordinator, stek
):
    row = factories.inbound_referral(stek, requested_at=desk.ago(8), adults=2)
    (line,) = about(mika, Kind.REQUEST)
    assert "een coördinator beslist" in line
    assert "Amina" not in line
    assert 'href="/toeleiding/"' not in desk.lines(desk.page(mika))[f"request-{row.pk}"]
    assert 'href="/toeleiding/"' in desk.lines(desk.page(coordinator))[f"request-{row.pk}"]
    row.requested_at = desk.ago(7)
    row.save()
    assert about(mika, Kind.REQUEST) == []


# --- households ---


def test_new_household_waits_for_eight_weeks_and_not_when_it_came_with_a_list(mika, stek):
    new = desk.household(stek, days_ago=55, adults=2, children=1)
    desk.household(stek, "An", "Maes", days_ago=57)
    listed = factories.household_import(stek)
    desk.household(stek, "Piet", "Smit", days_ago=3, source_import=listed)
    assert list(desk.items(mika)) == [f"new-{new.pk}", *others(mika, "missing")]
    assert "2 volwassenen, 1 kind" in about(mika, Kind.NEW)[0]


def others(who, *kinds: str) -> list[str]:
    return [name for name in desk.items(who) if name.split("-")[0] in kinds]


def test_household_without_decision_or_referrer_misses_something(mika, stek):
    undecided = desk.household(stek, number=3)
    unsent = desk.household(stek, "An", "Maes", number=4)
    factories.access(unsent)
    ended = desk.household(stek, "Piet", "Smit", number=5)
    factories.access(ended, valid_until=desk.day("2026-11-18"))
    whole = desk.household(stek, "Jo", "Bos", number=6)
    factories.access(whole, referrer=factories.referrer(stek))
    said = {name: text for name, text in desk.items(mika).items() if name.startswith("missing")}
    assert set(said) == {f"missing-{undecided.pk}", f"missing-{unsent.pk}"}
    assert "Nog niet beslist over toegang" in said[f"missing-{undecided.pk}"]
    assert "Geen toeleider ingevuld" in said[f"missing-{unsent.pk}"]


def test_access_that_ends_waits_until_it_is_renewed(mika, stek, today):
    referrer = factories.referrer(stek)
    soon, later = desk.household(stek), desk.household(stek, "An", "Maes")
    factories.access(
        soon, valid_until=today + dt.timedelta(days=stek.expiring_days), referrer=referrer
    )
    after = today + dt.timedelta(days=stek.expiring_days + 1)
    factories.access(later, valid_until=after, referrer=referrer)
    (line,) = about(mika, Kind.ENDING)
    assert "Toegang tot en met za 19/12" in line
    factories.access(soon, referrer=referrer)
    assert about(mika, Kind.ENDING) == []


@pytest.fixture
def away(stek, today):
    """With a number to call and access since long; last here 57 days ago."""
    household = desk.household(stek, number=9, phone="0476 12 34 56")
    since = today - dt.timedelta(days=100)
    factories.access(household, valid_from=since, referrer=factories.referrer(stek))
    opening = factories.opening(stek, today - dt.timedelta(days=57), closed=True)
    return factories.visit(opening, household)


def test_household_that_was_not_seen_for_eight_weeks_waits(mika, away):
    (line,) = about(mika, Kind.UNSEEN)
    assert "Niet gezien sinds 23/09/2026" in line


def test_household_that_came_since_is_seen_unless_the_visit_was_struck_out(mika, away, stek, today):
    opening = factories.opening(stek, today - dt.timedelta(days=55), closed=True)
    visit = factories.visit(opening, away.household)
    assert about(mika, Kind.UNSEEN) == []
    Visit.objects.filter(pk=visit.pk).update(
        voided_at=desk.ago(0), voided_by=mika.user, void_reason="mistake"
    )
    assert len(about(mika, Kind.UNSEEN)) == 1


@pytest.mark.parametrize("why", ["phone", "access", "suspended"])
def test_household_that_nobody_would_call_is_not_missed(mika, away, why, stek):
    household = away.household
    if why == "phone":
        household.phone = ""
        household.save()
    elif why == "access":
        household.accesses.update(valid_until=desk.day("2026-11-18"))
    else:
        household.accesses.update(
            suspended_at=desk.ago(1), suspended_by=mika.user, suspended_reason="papers"
        )
    assert about(mika, Kind.UNSEEN) == []


def test_household_leaves_the_books_a_term_after_its_last_contact(mika, stek):
    """Twelve months after the later of the last visit and the end of the access."""
    household = desk.household(stek, number=9, days_ago=700)
    ended = {"valid_from": desk.day("2025-01-01"), "valid_until": desk.day("2025-11-30")}
    factories.access(household, referrer=factories.referrer(stek), **ended)
    factories.leaving_notice(household, since=desk.day("2026-10-31"))
    opening = factories.opening(stek, desk.day("2025-06-04"), closed=True)
    factories.visit(opening, household)
    (line,) = about(mika, Kind.LEAVING)
    assert "Gaat uit de boeken op 30/11/2026" in line
    factories.visit(factories.opening(stek, desk.day("2025-12-20"), closed=True), household)
    assert about(mika, Kind.LEAVING) == []


def test_household_that_should_be_gone_already_stays_in_sight(mika, stek):
    household = desk.household(stek, days_ago=700)
    ended = {"valid_from": desk.day("2025-01-01"), "valid_until": desk.day("2025-11-01")}
    factories.access(household, **ended)
    factories.leaving_notice(household, since=desk.day("2026-10-02"))
    (line,) = about(mika, Kind.LEAVING)
    assert "18 dagen te laat" in line


def test_new_household_that_is_like_another_is_probably_a_duplicate(mika, stek):
    desk.household(stek, "Mohamed", "El Amrani", number=12)
    new = desk.household(stek, "Mohammed", "Elamrani", number=40, days_ago=2)
    desk.household(stek, "Greet", "Peeters", number=41, days_ago=2)
    assert about(mika, Kind.DUPLICATE) == []  # not compared yet
    compare_changed(stek)
    (line,) = about(mika, Kind.DUPLICATE)
    assert "Lijkt op klant 12" in line
    assert f"duplicate-{new.pk}" in desk.items(mika)


def test_old_pair_is_not_compared_again(mika, stek):
    desk.household(stek, "Mohamed", "El Amrani")
    desk.household(stek, "Mohammed", "Elamrani", days_ago=60)
    compare_changed(stek)
    assert about(mika, Kind.DUPLICATE) == []


def test_pair_that_was_said_to_be_two_does_not_wait(mika, coordinator, stek):
    desk.household(stek, "Mohamed", "El Amrani", number=12)
    new = desk.household(stek, "Mohammed", "Elamrani", number=40, days_ago=2)
    compare_changed(stek)
    pair = DuplicatePair.objects.get()
    both, record = (
        reverse("people:pair", args=[pair.pk]),
        reverse("people:household", args=[new.pk]),
    )
    assert both in shown(coordinator)
    assert both not in shown(mika)
    assert record in shown(mika)
    keep_apart(pair, by=coordinator.user)
    assert about(mika, Kind.DUPLICATE) == []


# --- on the way to policy ---


def test_loose_signal_waits_and_a_bundled_one_does_not(mika, stek, theme):
    loose = factories.signal(stek, "De bus rijdt niet.", theme=theme)
    bundle = factories.bundle(stek)
    factories.signal(stek, bundle=bundle)
    factories.signal(stek, phase="not_retained", reason="once")
    (line,) = about(mika, Kind.SIGNAL)
    assert "De bus rijdt niet." in line
    assert f"signal-{loose.pk}" in desk.items(mika)


def test_structural_signal_waits_when_it_stands_still_or_was_answered(mika, stek):
    bundle = factories.bundle(stek, handed_on=True)
    assert about(mika, Kind.BUNDLE) == []
    bundle.phase_at = desk.ago(29)
    bundle.save()
    (line,) = about(mika, Kind.BUNDLE)
    assert "doorgegeven op wo 21/10, en sindsdien niets" in line
    bundle.phase_at = desk.ago(1)
    bundle.answer, bundle.answered_on = "We bekijken het.", desk.day("2026-11-18")
    bundle.answer_at, bundle.answer_by = desk.ago(0), mika.user
    bundle.save()
    (line,) = about(mika, Kind.BUNDLE)
    assert "Er kwam een antwoord" in line


# --- of whom ---


def test_inbox_of_another_stek_is_another_inbox(other_stek, mika, stek, essen, question, today):
    factories.follow_up(question, due=today)
    factories.signal(stek)
    factories.opening(stek, today - dt.timedelta(days=2))
    assert desk.waiting(mika)
    assert desk.waiting(other_stek) == []


def test_line_says_no_name(mika, stek):
    desk.household(stek, "Fatima", "El Amrani", days_ago=3, number=147)
    page = desk.page(mika).content.decode()
    assert "147" in page
    assert "Fatima" not in page
    assert "Amrani" not in page
