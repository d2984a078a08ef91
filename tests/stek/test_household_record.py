"""The record of a household: everything on one page, its message, and erasing it."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household
from places.purposes import Purpose
from tests import factories
from tests.people import office
from tests.visits import desk
from tests.visits.desk import text_of
from visits.models import Message, Visit


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(
        stek,
        "Fatima",
        "El Amrani",
        number=147,
        adults=2,
        children=3,
        phone="0476 12 34 56",
        language="ar",
    )


def leave(client, household, text="LIGO belde terug.", **more):
    form = {"text": text, "request_id": uuid.uuid4()} | more
    return client.post(reverse("people:message", args=[household.pk]), form)


# --- the page ---


def test_record_shows_who_they_are_and_who_may_come(mika, fatima):
    factories.member(fatima, "Youssef", "Benali")
    page = text_of(office.record(mika, fatima))
    for words in (
        "147 Fatima El Amrani",
        "Gezin 2 volwassenen, 3 kinderen",
        "Telefoon 0476 12 34 56",
        "Taal Arabisch",
        "Youssef Benali",
        "Nog geen toegang",
        "Nog niet op bezoek geweest.",
    ):
        assert words in page


def test_title_and_address_of_the_record_name_nobody(mika, fatima):
    response = office.record(mika, fatima)
    title = response.content.decode().split("<title>")[1].split("</title>")[0]
    assert "Fatima" not in title
    assert "147" not in title
    assert reverse("people:household", args=[fatima.pk]) == f"/huishoudens/{fatima.pk}/"


def test_opening_the_record_is_logged(mika, stek, fatima):
    office.record(mika, fatima)
    event = AuditEvent.objects.get()
    assert (event.kind, event.verb) == ("read", "open")
    assert (event.actor_id, event.stek_id) == (mika.user.pk, stek.pk)
    assert (event.subject_type, event.subject_id) == ("household", fatima.pk)


def reads() -> int:
    return AuditEvent.objects.filter(kind="read", verb="open").count()


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("edit", {"first_name": "<b>"}),
        ("add_member", {"first_name": "<b>"}),
        ("grant", {"valid_from": "morgen"}),
        ("replace_card", {}),
        ("message", {"text": "<b>"}),
        ("erase", {"number": "1"}),
        ("hold", {"reason": "zomaar"}),
        ("restrict", {"reason": "zomaar"}),
        ("everything", {"reason": "zomaar"}),
    ],
)
def test_form_that_is_refused_shows_the_household_and_is_logged_too(
    coordinator, fatima, route, body
):
    response = coordinator.post(reverse(f"people:{route}", args=[fatima.pk]), body)
    assert response.status_code == 422
    assert "El Amrani" in text_of(response)
    assert reads() == 1


@pytest.mark.parametrize("verb", ["suspend", "end"])
def test_reason_that_is_none_shows_the_household_and_is_logged_too(coordinator, fatima, verb):
    response = office.decide(coordinator, verb, factories.access(fatima), reason="zomaar")
    assert response.status_code == 422
    assert "El Amrani" in text_of(response)
    assert reads() == 1


def test_answer_that_only_leads_elsewhere_is_no_reading(coordinator, fatima):
    assert office.edit(coordinator, fatima, adults=4).status_code == 302
    assert office.decide(coordinator, "renew", factories.access(fatima)).status_code == 302
    assert reads() == 0


@pytest.mark.parametrize("route", ["household", "visits", "edit", "grant", "card", "erase"])
def test_each_page_about_a_household_is_one_line_in_the_log(coordinator, fatima, route):
    coordinator.get(reverse(f"people:{route}", args=[fatima.pk]))
    assert reads() == 1


def test_timeline_shows_visits_with_their_reasons_and_strikes_the_voided(
    mika, counter, stek, fatima, today
):
    earlier = factories.opening(stek, today - dt.timedelta(days=7), closed=True)
    factories.visit(earlier, fatima, purposes=[Purpose.GROCERY, Purpose.QUESTION])
    voided = factories.visit(factories.opening(stek), fatima, purposes=[Purpose.COFFEE])
    desk.press(counter, "void", voided, reason="mistake")
    page = text_of(office.record(mika, fatima)).split("Bezoeken")[1]
    assert page.index("geschrapt: vergissing") < page.index("winkel vraag")
    assert f"{earlier.day:%d/%m/%Y}" in page
    assert "koffie" not in page


def test_timeline_shows_twenty_and_the_rest_on_its_own_page(mika, stek, fatima, today):
    for week in range(21):
        opening = factories.opening(stek, today - dt.timedelta(weeks=week), closed=True)
        factories.visit(opening, fatima)
    oldest = f"{today - dt.timedelta(weeks=20):%d/%m/%Y}"
    page = text_of(office.record(mika, fatima))
    assert "Toon alle bezoeken" in page
    assert oldest not in page
    assert oldest in text_of(mika.get(reverse("people:visits", args=[fatima.pk])))


def test_twenty_visits_have_no_second_page(mika, stek, fatima, today):
    for week in range(20):
        opening = factories.opening(stek, today - dt.timedelta(weeks=week), closed=True)
        factories.visit(opening, fatima)
    assert "Toon alle bezoeken" not in text_of(office.record(mika, fatima))


def test_who_only_looks_can_leave_a_message_but_not_change(mika, coordinator, fatima):
    addresses = [
        reverse(f"people:{name}", args=[fatima.pk])
        for name in ("edit", "add_member", "grant", "erase", "replace_card")
    ]
    seen, changing = (office.record(c, fatima).content.decode() for c in (mika, coordinator))
    assert reverse("people:message", args=[fatima.pk]) in seen
    for address in addresses:
        assert f'"{address}"' not in seen
        assert f'"{address}"' in changing


def test_record_costs_the_same_for_one_and_for_three_of_everything(
    coordinator, stek, fatima, today
):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.record(coordinator, fatima).status_code == 200
        return len(asked)

    def one_more(week: int) -> None:
        factories.access(fatima, referrer=factories.referrer(stek, f"Dienst {week}"))
        factories.member(fatima, f"Kind {week}")
        opening = factories.opening(stek, today - dt.timedelta(weeks=week), closed=True)
        visit = factories.visit(opening, fatima)
        asked = factories.question(visit, factories.theme(stek, f"thema {week}"))
        factories.referral(asked, factories.partner(stek, f"Partner {week}"))

    one_more(1)
    first = cost()
    one_more(2)
    one_more(3)
    assert cost() == first
    assert first <= 17


# --- the message ---


def test_message_is_shown_at_the_next_check_in(mika, counter, opening, fatima):
    factories.access(fatima)
    assert leave(mika, fatima).status_code == 302
    assert "LIGO belde terug. van Mika Verlinden" in text_of(office.record(mika, fatima))
    desk.enter(counter, opening, 147)
    assert "Voor Fatima: LIGO belde terug." in desk.card_of(counter, Visit.objects.get())


def test_newer_message_replaces_the_one_that_waits(mika, coordinator, fatima):
    leave(mika, fatima)
    leave(coordinator, fatima, "Breng je brief mee.")
    page = text_of(office.record(mika, fatima))
    assert "Breng je brief mee." in page
    assert "LIGO belde terug." not in page


def test_message_sent_twice_is_one_message(mika, fatima):
    key = uuid.uuid4()
    for _twice in range(2):
        assert leave(mika, fatima, request_id=key).status_code == 302
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Schrijf het bericht in één zin."),
        ("   ", "Schrijf het bericht in één zin."),
        ("x" * 141, "140"),
        ("Nummer 85.07.30-033.28", "Dit lijkt op een rijksregisternummer."),
        ("<script>alert(1)</script>", "Laat de tekens < en > weg."),
    ],
)
def test_message_is_refused_at_its_field_and_kept(mika, fatima, text, words):
    response = leave(mika, fatima, text)
    assert response.status_code == 422
    assert words in text_of(response)
    assert response.context["message_form"]["text"].value() == text
    assert not Message.objects.exists()


def test_message_can_be_taken_away(coordinator, stek, fatima):
    message = factories.message(fatima)
    other = factories.household(stek, "Jos", "Peeters")
    wrong = reverse("people:drop_message", args=[other.pk, message.pk])
    assert coordinator.post(wrong).status_code == 404
    coordinator.post(reverse("people:drop_message", args=[fatima.pk, message.pk]))
    message.refresh_from_db()
    assert (message.text, message.delivered_by) == ("", coordinator.user)
    assert "LIGO" not in text_of(office.record(coordinator, fatima))


# --- Koffie & Formulieren ---


def test_record_shows_questions_and_what_is_still_open(coordinator, stek, fatima, opening):
    visit = factories.visit(opening, fatima, purposes=["question"])
    question = factories.question(visit, factories.theme(stek, "wonen en huur"))
    factories.follow_up(question, documents=[factories.document(stek, "huurcontract")])
    factories.question(visit, note="belt morgen", note_until=opening.day)
    page = coordinator.get(reverse("people:household", args=[fatima.pk])).content.decode()
    assert "wonen en huur" in page
    assert "Brengt papieren mee: huurcontract" in " ".join(page.split())
    assert "babbel" in page
    assert "belt morgen" in page


def test_record_leaves_a_struck_question_out(coordinator, stek, fatima, opening):
    visit = factories.visit(opening, fatima, purposes=["question"])
    now = timezone.now()
    struck = {"voided_at": now, "voided_by": coordinator.user, "void_reason": "mistake"}
    factories.question(visit, factories.theme(stek, "wonen en huur"), **struck)
    page = coordinator.get(reverse("people:household", args=[fatima.pk])).content.decode()
    assert "wonen en huur" not in page


def test_record_takes_as_many_queries_with_one_question_as_with_three(
    coordinator, stek, fatima, opening
):
    visit = factories.visit(opening, fatima, purposes=["question"])
    address = reverse("people:household", args=[fatima.pk])

    asked = []
    for number in range(3):
        theme = factories.theme(stek, f"thema {number}")
        question = factories.question(
            visit, theme, help_types=[factories.help_type(stek, f"hulp {number}")]
        )
        factories.follow_up(question, documents=[factories.document(stek, f"blad {number}")])
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(address)
        asked.append(len(captured))
    assert asked[0] == asked[2]


# --- referrals and who may know ---


def referred(fatima, partner, weeks=1):
    day = factories.today() - dt.timedelta(weeks=weeks)
    opening = factories.opening(fatima.stek, day, closed=True)
    visit = factories.visit(opening, fatima, purposes=["question"])
    asked = factories.question(visit, factories.theme(fatima.stek, f"thema {weeks}"))
    return factories.referral(asked, partner)


def test_record_shows_where_somebody_was_referred_to_and_who_may_know(mika, fatima):
    referred(fatima, factories.partner(fatima.stek, "CAW"))
    seen = text_of(mika.get(reverse("people:household", args=[fatima.pk])))
    assert "CAW , contact gelegd thema 1 · warm" in seen
    assert "Wie mag iets weten? CAW gezegd, tot en met" in seen


def test_consent_is_withdrawn_from_the_record(mika, fatima):
    caw, ligo = (factories.partner(fatima.stek, name) for name in ("CAW", "LIGO"))
    to_caw, to_ligo = referred(fatima, caw, 1), referred(fatima, ligo, 2)
    withdraw = reverse("people:withdraw_consent", args=[fatima.pk, caw.pk])
    seen = text_of(mika.post(withdraw, follow=True))
    assert "De toestemming voor CAW is ingetrokken." in seen
    assert "LIGO gezegd, tot en met" in seen
    assert "CAW gezegd, tot en met" not in seen
    to_caw.refresh_from_db()
    to_ligo.refresh_from_db()
    assert (to_caw.state, to_ligo.state) == ("dropped_out", "contacted")
    never = factories.partner(fatima.stek, "VDAB")
    nobody = reverse("people:withdraw_consent", args=[fatima.pk, never.pk])
    assert mika.post(nobody).status_code == 404


def test_consent_given_twice_stands_once(mika, fatima):
    caw = factories.partner(fatima.stek, "CAW")
    factories.consent(fatima, caw)
    factories.consent(fatima, caw, how="signed")
    seen = text_of(mika.get(reverse("people:household", args=[fatima.pk])))
    assert seen.count("tot en met") == 1
    assert "CAW getekend" in seen
