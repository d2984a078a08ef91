"""A restricted household: kept, counted and found at the counter; used for nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.consent_actions import Agreed
from people.duplicates import possible_duplicates
from people.models import Consent, GroceryAccess, Household
from referrals.actions import NoConsent, Plan, refer, withdraw_consent
from reports.exports.raw_rows import source_of
from reviews.kinds import Kind
from tests import factories
from tests.people import office
from tests.referrals import partner
from tests.stek.planted import household_with_everything, rechecked
from tests.visits import desk
from tests.visits.desk import text_of
from visits.models import Visit
from visits.period import Period

SECRET = "El Amrani"


@pytest.fixture
def fatima(stek, opening) -> Household:
    row = household_with_everything(stek, opening, "Fatima", SECRET)
    factories.access(row)
    return factories.restricted(row)


def restrict(who, row, reason="disputed"):
    return who.post(reverse("people:restrict", args=[row.pk]), {"reason": reason})


# --- setting and lifting ---


def test_coordinator_restricts_for_a_reason_and_lifts_it(coordinator, stek):
    row = factories.household(stek, number=147)
    assert restrict(coordinator, row).status_code == 302
    assert "Op beperking" in text_of(office.record(coordinator, row))
    row.refresh_from_db()
    assert (row.restricted_by, row.restricted_reason) == (coordinator.user, "disputed")
    address = reverse("people:lift_restriction", args=[row.pk])
    for _twice in range(2):
        assert coordinator.post(address).status_code == 302
    assert SECRET in text_of(office.record(coordinator, row))
    logged = AuditEvent.objects.filter(verb__endswith="restrict").values_list("fields", flat=True)
    assert list(logged) == [["reason_disputed"]]
    assert AuditEvent.objects.filter(verb="lift_restriction").count() == 1


@pytest.mark.parametrize("reason", ["", "zomaar"])
def test_restricting_needs_a_reason_of_the_list(coordinator, stek, reason):
    row = factories.household(stek)
    assert restrict(coordinator, row, reason).status_code == 422
    row.refresh_from_db()
    assert not row.is_restricted


def test_restricting_twice_keeps_the_first(coordinator, stek):
    row = factories.household(stek)
    restrict(coordinator, row)
    restrict(coordinator, row, "claim")
    row.refresh_from_db()
    assert row.restricted_reason == "disputed"


# --- what shows only that ---


@pytest.mark.parametrize(
    "route", ["household", "visits", "timeline", "edit", "add_member", "grant", "card", "hold"]
)
def test_every_page_of_it_says_only_that_it_is_restricted(coordinator, fatima, route):
    response = coordinator.get(reverse(f"people:{route}", args=[fatima.pk]))
    page = text_of(response)
    assert "Op beperking" in page
    for secret in ("Fatima", SECRET, "0476", "Belt.", "thema", f"Partner {fatima.number}"):
        assert secret not in page


def test_lists_name_it_by_its_number_only(coordinator, helper, stek, fatima):
    never = factories.restricted(factories.household(stek, "Fatima", SECRET))
    GroceryAccess.objects.filter(household=fatima).update(valid_until=timezone.localdate())
    pages = [
        (coordinator, "people:expiring", fatima),
        (coordinator, "people:without_access", never),
        (coordinator, "forms_help:follow_ups", fatima),
        (helper, "forms_help:follow_ups", fatima),
    ]
    for who, route, row in pages:
        page = text_of(who.get(reverse(route)))
        assert str(row.number) in page, route
        for secret in ("Fatima", SECRET, "Belt."):
            assert secret not in page, route


def test_slip_and_what_it_would_bring_say_nothing_of_it(counter, helper, mika, fatima):
    visit = fatima.visits.get()
    follow_up = fatima.follow_ups.get()
    follow_up.kind = "papers"
    follow_up.save()
    paper = follow_up.documents.get().name
    for who, route, pk in (
        (mika, "forms_help:slip", follow_up.pk),
        (counter, "forms_help:brings", visit.pk),
        (helper, "forms_help:person", visit.pk),
    ):
        page = text_of(who.get(reverse(route, args=[pk])))
        for secret in ("van mei", paper, SECRET):
            assert secret not in page, route
    page = text_of(mika.get(reverse("forms_help:slip", args=[follow_up.pk])))
    assert f"van klant {fatima.number}, die op beperking staat" in page
    Household.objects.filter(pk=fatima.pk).update(
        restricted_at=None, restricted_by=None, restricted_reason=""
    )
    assert paper in text_of(mika.get(reverse("forms_help:slip", args=[follow_up.pk])))
    assert paper in text_of(counter.get(reverse("forms_help:brings", args=[visit.pk])))


@pytest.mark.parametrize("route", ["edit", "add_member", "message"])
def test_nothing_of_it_can_be_changed(coordinator, fatima, route):
    assert coordinator.post(reverse(f"people:{route}", args=[fatima.pk]), {}).status_code == 404


def test_its_rights_stay_open(coordinator, fatima):
    for route in ("everything", "erase"):
        page = rechecked(coordinator).get(reverse(f"people:{route}", args=[fatima.pk]))
        assert page.status_code == 200
        assert SECRET not in text_of(page)
    body = {"number": str(fatima.number), "reason": "asked"}
    coordinator.post(reverse("people:erase", args=[fatima.pk]), body)
    fatima.refresh_from_db()
    assert (fatima.erased_at is None, fatima.is_restricted) == (False, False)


def test_its_referral_shows_only_that_and_stands_in_no_list(mika, fatima):
    row = fatima.referrals.get()
    page = text_of(mika.get(reverse("referrals:referral", args=[row.pk])))
    assert "op beperking" in page
    assert f"Partner {fatima.number}" not in page
    for route in ("list", "board", "appointments"):
        assert f"/{row.pk}/" not in mika.get(reverse(f"referrals:{route}")).content.decode()
    step = mika.post(reverse("referrals:step", args=[row.pk]), {"happening": "closed"})
    assert step.status_code == 404


def test_files_with_names_say_only_that(stek, fatima, opening):
    other = factories.household(stek, "Jozef", "Maes")
    factories.visit(opening, other)
    day = Period.free(opening.day, opening.day)
    for subject in ("visits", "questions", "referrals", "households"):
        reader = source_of(subject).read([stek.pk], day, True)
        rows = [tuple(row) for part in reader.parts() for row in reader.rows(part)]
        assert rows
        text = str(rows)
        assert "op beperking" in text, subject
        assert SECRET not in text
        assert "0476" not in text
        assert ("Maes" in text) == (subject in {"visits", "households"})


def test_new_name_that_looks_like_it_is_told_only_that(coordinator, stek, fatima):
    assert possible_duplicates(stek=stek, first_name="Fatima", last_name=SECRET)
    body = {"first_name": "Fatima", "last_name": SECRET, "adults": "2", "children": "0"}
    body |= {"number": "99", "request_id": "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"}
    page = text_of(coordinator.post(reverse("people:create"), body))
    assert "op beperking" in page


def test_week_asks_nothing_about_it(mika, stek, fatima):
    page = mika.get(reverse("reviews:now"), follow=True).content.decode()
    assert f'id="{Kind.LEAVING}-{fatima.pk}"' not in page
    assert f'id="{Kind.DUPLICATE}-{fatima.pk}"' not in page


# --- what goes on ---


def test_counter_finds_it_and_it_may_shop(counter, stek):
    row = factories.household(stek, "Fatima", SECRET, number=147)
    factories.access(row)
    factories.restricted(row)
    opening = factories.opening(stek)
    assert f'id="hit-{row.pk}"' in desk.search(counter, opening, "amrani").content.decode()
    desk.enter(counter, opening, 147)
    assert Visit.objects.get().household == row


def test_reports_still_count_it(stek, fatima, opening):
    assert Visit.objects.counted().of_household(fatima.pk).count() == 1


def test_partner_is_told_nothing_while_it_lasts(client, coordinator, stek):
    referral = partner.asked(stek)
    token = partner.token_to(referral)
    assert partner.NAME in partner.opened(client, token).content.decode()
    factories.restricted(referral.household)
    assert partner.NAME not in partner.opened(client, token).content.decode()
    coordinator.post(reverse("people:lift_restriction", args=[referral.household_id]))
    assert partner.NAME in partner.opened(client, token).content.decode()


def test_nobody_is_referred_warm_who_is_restricted(stek, opening, mika):
    row = factories.restricted(factories.household(stek))
    visit = factories.visit(opening, row, purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    plan = Plan(partner=factories.partner(stek), channel="letter", agreed=Agreed(how="spoken"))
    with pytest.raises(NoConsent):
        refer(question, plan=plan, request_id=row.request_id, by=mika.user)


# --- withdrawing consent ---


def test_withdrawn_consent_stops_the_partner_and_stays_in_the_log(client, mika, stek):
    referral = partner.asked(stek)
    token = partner.token_to(referral)
    partner.opened(client, token)
    read = AuditEvent.objects.get(verb="partner_page")
    withdraw_consent(referral.household, partner=referral.partner, by=mika.user)
    assert partner.NAME not in partner.opened(client, token).content.decode()
    assert AuditEvent.objects.filter(pk=read.pk).exists()
    assert AuditEvent.objects.filter(verb="withdraw_consent").count() == 1
    assert Consent.objects.get().withdrawn_by == mika.user
