"""Links for referrers, and their requests decided by a coordinator, each once."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import BudgetStep, GroceryAccess, Household
from places.models import Stek
from referrals.models import InboundLink, InboundReferral
from stek.erasure import erase_household
from tests import factories
from tests.cast import Colleague, signed_in
from tests.races import addresses, at_once, statuses
from tests.referrals.inbound import State, page, send
from tests.visits.desk import text_of


def waiting(client: Colleague) -> HttpResponse:
    return client.get(reverse("inbound:list"))


def decide(client: Colleague, verb: str, row: InboundReferral, **form: Any) -> HttpResponse:
    return client.post(reverse(f"inbound:{verb}", args=[row.pk]), form)


def messages_of(client: Colleague) -> str:
    return text_of(waiting(client))


# --- the coordinator: links ---


def test_new_link_is_shown_once_and_kept_as_a_hash(
    coordinator: Colleague, stranger: Client, stek: Stek
) -> None:
    referrer = factories.referrer(stek)
    assert "nog geen link" in text_of(waiting(coordinator))
    coordinator.post(reverse("inbound:make_link", args=[referrer.pk]))
    html = waiting(coordinator).content.decode()
    address = html.split('id="nieuwe-link"')[1].split('value="')[1].split('"')[0]
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert address == f"http://testserver/toeleiding/{token}/"
    assert token not in waiting(coordinator).content.decode()
    assert token not in str(list(InboundLink.objects.values()))
    assert page(stranger, token).status_code == 200


def test_second_link_waits_until_the_first_is_revoked(
    coordinator: Colleague, ocmw: InboundLink, stranger: Client
) -> None:
    make = reverse("inbound:make_link", args=[ocmw.referrer_id])
    coordinator.post(make)
    assert "heeft al een link" in messages_of(coordinator)
    assert InboundLink.objects.count() == 1
    revoke = reverse("inbound:revoke_link", args=[ocmw.pk])
    coordinator.post(revoke)
    coordinator.post(revoke)
    assert AuditEvent.objects.filter(verb="revoke_link").count() == 1
    assert page(stranger).status_code == 404
    coordinator.post(make)
    assert InboundLink.objects.live().count() == 1


def test_page_without_referrers_says_where_to_add_one(coordinator: Colleague) -> None:
    seen = text_of(waiting(coordinator))
    assert "Er wacht geen aanvraag." in seen
    assert "Er zijn nog geen toeleiders." in seen


# --- the coordinator: deciding ---


def test_requests_wait_with_the_oldest_first_and_reading_is_logged(
    coordinator: Colleague, stek: Stek
) -> None:
    link = factories.inbound_link(stek)
    factories.inbound_referral(stek, "Tweede", "Vraag", link=link)
    old = factories.inbound_referral(stek, "Eerste", "Vraag", link=link)
    old.requested_at = timezone.now() - dt.timedelta(days=95)
    old.save()
    seen = text_of(waiting(coordinator))
    assert seen.index("Eerste Vraag") < seen.index("Tweede Vraag")
    assert "wacht al 95 dagen" in seen
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.actor_id) == ("requests", coordinator.user.pk)


def test_accepting_makes_a_household_with_access_in_one_click(
    coordinator: Colleague, stek: Stek, today: dt.date
) -> None:
    factories.budget_rule(stek)
    step = BudgetStep.objects.last()
    row = factories.inbound_referral(
        stek, phone="0476 12 34 56", language="tr", adults=2, children=3, budget_step=step
    )
    response = decide(coordinator, "accept_as_new", row)
    household = Household.objects.get()
    assert response.url == reverse("people:household", args=[household.pk])
    assert (household.full_name, household.phone) == ("Amina Yilmaz", "0476 12 34 56")
    assert (household.adults, household.children, household.language) == (2, 3, "tr")
    access = GroceryAccess.objects.get(household=household)
    assert (access.valid_from, access.valid_until) == (today, row.valid_until)
    assert (access.referrer, access.budget_step) == (row.link.referrer, step)
    row.refresh_from_db()
    assert (row.state, row.household, row.access) == (State.ACCEPTED, household, access)
    assert row.decided_by == coordinator.user


def test_possible_duplicate_is_shown_and_gets_the_access_instead(
    coordinator: Colleague, stek: Stek
) -> None:
    known = factories.household(stek, "Amina", "Yilmaz", number=34)
    row = factories.inbound_referral(stek)
    seen = text_of(waiting(coordinator))
    assert "zelfde naam" in seen
    assert "Dit is nr. 34: geef toegang" in seen
    decide(coordinator, "accept_for", row, household=known.pk)
    row.refresh_from_db()
    assert (row.household, row.access.household) == (known, known)
    assert Household.objects.count() == 1


def test_household_of_another_stek_or_erased_cannot_be_chosen(
    coordinator: Colleague, stek: Stek, essen: Stek
) -> None:
    row = factories.inbound_referral(stek)
    gone = factories.household(stek)
    erase_household(gone, by=coordinator.user)
    for pk in (factories.household(essen).pk, gone.pk, 0, "x", 2**70):
        assert decide(coordinator, "accept_for", row, household=pk).status_code == 404
    row.refresh_from_db()
    assert row.state == State.REQUESTED


def test_refusing_needs_a_reason_of_the_list(coordinator: Colleague, stek: Stek) -> None:
    row = factories.inbound_referral(stek)
    wrong = decide(coordinator, "refuse", row, reason="zomaar")
    assert wrong.status_code == 422
    assert "Kies een van deze redenen." in text_of(wrong)
    decide(coordinator, "refuse", row, reason="full")
    row.refresh_from_db()
    assert (row.state, row.refusal) == (State.REFUSED, "full")
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("verb", "form"), [("accept_as_new", {}), ("refuse", {"reason": "full"}), ("accept_for", {})]
)
def test_second_decision_is_told_and_changes_nothing(
    coordinator: Colleague, stek: Stek, verb: str, form: dict[str, Any]
) -> None:
    known = factories.household(stek)
    row = factories.inbound_referral(stek)
    els = factories.membership(stek, "coordinator", user=factories.user(first_name="Els"))
    decide(signed_in(els), "refuse", row, reason="area")
    response = decide(coordinator, verb, row, **({"household": known.pk} | form))
    assert response.url == reverse("inbound:list")
    assert "intussen beslist: geweigerd" in messages_of(coordinator)
    row.refresh_from_db()
    assert row.refusal == "area"
    assert not GroceryAccess.objects.exists()


def test_request_until_a_day_that_is_past_can_only_be_refused(
    coordinator: Colleague, stek: Stek, today: dt.date
) -> None:
    row = factories.inbound_referral(stek, valid_until=today - dt.timedelta(days=1))
    assert "Aanvaard als nieuw huishouden" not in text_of(waiting(coordinator))
    decide(coordinator, "accept_as_new", row)
    assert "einddag is voorbij" in messages_of(coordinator)
    assert not Household.objects.exists()
    assert decide(coordinator, "refuse", row, reason="incomplete").status_code == 302


def test_list_asks_as_many_questions_with_one_as_with_many(
    coordinator: Colleague, stek: Stek
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            waiting(coordinator)
        return len(asked)

    factories.household(stek, "Amina", "Yilmaz")
    factories.inbound_referral(stek)
    decided = factories.inbound_referral(stek, household=factories.household(stek, "Jo", "Maes"))
    one = queries()
    for n in range(12):
        factories.access(factories.household(stek, f"Amina{n}", "Yilmaz"))
        factories.inbound_referral(stek, f"Amina{n}")
        factories.inbound_referral(stek, household=decided.household)
    assert queries() == one


def test_search_page_says_how_many_wait(
    coordinator: Colleague, mika: Colleague, stek: Stek, essen: Stek
) -> None:
    factories.inbound_referral(essen)
    assert "Aanvragen Lijst" in text_of(coordinator.get(reverse("people:search")))
    factories.inbound_referral(stek)
    factories.inbound_referral(stek)
    assert "Aanvragen (2)" in text_of(coordinator.get(reverse("people:search")))
    assert "Aanvragen" not in text_of(mika.get(reverse("people:search")))


# --- what does not stay ---


def test_names_go_thirty_days_after_the_decision(stek: Stek) -> None:
    link = factories.inbound_link(stek)
    refused = {"link": link, "state": "refused", "refusal": "full", "phone": "0476 12 34 56"}
    old = factories.inbound_referral(stek, **refused)
    InboundReferral.objects.update(decided_at=timezone.now() - dt.timedelta(days=31))
    young = factories.inbound_referral(stek, **refused)
    undecided = factories.inbound_referral(stek, link=link)
    undecided.requested_at = timezone.now() - dt.timedelta(days=400)
    undecided.save()
    call_command("run_due", verbosity=0)
    call_command("run_due", verbosity=0)
    old.refresh_from_db()
    assert [old.first_name, old.last_name, old.phone, old.initials] == [""] * 4
    assert (old.state, old.refusal) == ("refused", "full")
    for row in (young, undecided):
        row.refresh_from_db()
        assert row.first_name == "Amina"
    assert AuditEvent.objects.get(verb="forget_request").actor_id is None


def test_erasing_a_household_empties_its_request_at_once(
    coordinator: Colleague, stek: Stek, ocmw: InboundLink, stranger: Client
) -> None:
    row = factories.inbound_referral(stek, link=ocmw, household=factories.household(stek))
    erase_household(row.household, by=coordinator.user)
    row.refresh_from_db()
    assert (row.first_name, row.last_name, row.initials) == ("", "", "")
    seen = text_of(page(stranger))
    assert "A. Y." not in seen
    assert "– aanvaard" in seen


# --- many at once ---


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_accept_once(stek: Stek) -> None:
    row = factories.inbound_referral(stek)
    clients = [signed_in(factories.membership(stek, "coordinator")) for _ in range(4)]
    answers = at_once(4, lambda place: decide(clients[place], "accept_as_new", row))
    assert statuses(answers) == {302: 4}
    assert (Household.objects.count(), GroceryAccess.objects.count()) == (1, 1)
    household = reverse("people:household", args=[Household.objects.get().pk])
    assert addresses(answers) == {household, reverse("inbound:list")}


@pytest.mark.django_db(transaction=True)
def test_same_form_sent_many_times_at_once_is_one_request(stek: Stek, ocmw: InboundLink) -> None:
    key = uuid.uuid4()
    answers = at_once(6, lambda _place: send(Client(), request_id=key))
    assert statuses(answers) == {302: 6}
    assert InboundReferral.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_links_for_one_referrer_at_once_are_one(stek: Stek) -> None:
    referrer = factories.referrer(stek)
    clients = [signed_in(factories.membership(stek, "coordinator")) for _ in range(3)]
    address = reverse("inbound:make_link", args=[referrer.pk])
    answers = at_once(3, lambda place: clients[place].post(address))
    assert statuses(answers) == {302: 3}
    assert InboundLink.objects.count() == 1
