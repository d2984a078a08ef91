"""From a question to a partner and back: referring, the question at the counter, putting right."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, OutgoingMail
from forms_help.models import Question
from people.models import Consent
from referrals.figure import KnownOutcomes
from referrals.forgetting import forget_details
from referrals.models import AnswerLink, Referral
from referrals.states import Channel, State
from stek.erasure import erase_household
from tests import factories
from tests.forms_help import desk
from tests.visits.desk import text_of


@pytest.fixture
def count_queries(django_assert_max_num_queries):
    """How many queries one request takes."""

    def asked(request):
        with django_assert_max_num_queries(1000) as queries:
            assert request().status_code == 200
        return len(queries)

    return asked


@pytest.fixture
def rent(stek):
    return factories.theme(stek, "wonen en huur")


@pytest.fixture
def caw(stek, rent):
    partner = factories.partner(stek, "CAW", email="onthaal@caw.example")
    rent.partners.add(partner)
    return partner


@pytest.fixture
def letter(stek):
    return factories.help_type(stek)


@pytest.fixture
def fatima(stek):
    return factories.household(stek, phone="0476 12 34 56", language="ar")


@pytest.fixture
def visit(opening, fatima):
    return factories.visit(opening, fatima, purposes=["question"])


def refer(client, place, theme, help_type, partner, **fields):
    values = {
        "theme": theme,
        "help_types": [help_type],
        "outcome": "referred",
        "partner": partner,
        "consent": "spoken",
        "channel": "usual",
        "tells": ["phone", "language", "theme"],
    }
    return desk.note(client, place, **(values | fields))


def test_question_and_referral_are_made_with_one_form(helper, visit, rent, letter, caw, fatima):
    response = refer(helper, visit, rent, letter, caw)
    question, referral = Question.objects.get(), Referral.objects.get()
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (referral.question, referral.household, referral.partner) == (question, fatima, caw)
    assert (referral.warmth, referral.channel, referral.state) == ("warm", "mail", State.CONTACTED)
    consent = Consent.objects.get()
    assert (referral.consent, consent.how, consent.given_by) == (consent, "spoken", helper.user)
    assert (consent.tells_phone, consent.tells_language, consent.tells_theme) == (True,) * 3
    assert OutgoingMail.objects.get().subject_id == referral.pk
    verbs = set(AuditEvent.objects.filter(kind="change").values_list("verb", flat=True))
    assert {"note_question", "consent", "refer"} <= verbs


def test_same_form_twice_refers_once(helper, visit, rent, letter, caw):
    key = uuid.uuid4()
    first, second = (refer(helper, visit, rent, letter, caw, request_id=key) for _ in range(2))
    assert first.url == second.url
    assert Referral.objects.count() == OutgoingMail.objects.count() == 1


def test_no_consent_gives_the_address_and_tells_nothing(helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw, consent="no")
    referral = Referral.objects.get()
    assert (referral.warmth, referral.channel) == ("cold", Channel.ADDRESS)
    assert not Consent.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("channel", ["mail", "phone", "letter", "table"])
def test_warm_without_consent_is_refused_and_says_so(helper, visit, rent, letter, caw, channel):
    response = refer(helper, visit, rent, letter, caw, consent="no", channel=channel)
    assert response.status_code == 422
    assert "Zonder toestemming geven we niets door." in text_of(response)
    assert not Question.objects.exists()
    assert not Referral.objects.exists()


def test_who_thinks_it_over_stays_proposed_and_is_sent_later(helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw, consent="later")
    referral = Referral.objects.get()
    assert referral.state == State.PROPOSED
    assert not OutgoingMail.objects.exists()
    address = reverse("referrals:send", args=[referral.pk])
    form = {"partner": caw.pk, "consent": "signed", "channel": "letter"}
    stale = helper.post(address, form | {"version": referral.version - 1})
    assert "Intussen veranderde hier iets." in text_of(stale)
    assert helper.post(address, form | {"version": referral.version}).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.channel) == (State.CONTACTED, Channel.LETTER)
    assert AnswerLink.objects.get().kind == "letter"


def test_nothing_ticked_for_consent_is_asked(helper, visit, rent, letter, caw):
    response = refer(helper, visit, rent, letter, caw, consent="")
    assert response.status_code == 422
    assert "Vraag of we de gegevens mogen doorgeven." in text_of(response)
    assert not Question.objects.exists()


def test_partner_without_address_gets_a_letter(helper, stek, visit, rent, letter):
    partner = factories.partner(stek, "LIGO")
    refer(helper, visit, rent, letter, partner)
    assert Referral.objects.get().channel == Channel.LETTER


def test_mail_to_a_partner_without_address_is_refused(helper, stek, visit, rent, letter):
    partner = factories.partner(stek, "LIGO")
    response = refer(helper, visit, rent, letter, partner, channel="mail")
    assert response.status_code == 422
    assert "geen e-mailadres" in text_of(response)


def test_partner_at_the_table_is_reached_at_once(helper, visit, rent, letter, caw):
    factories.attendance(visit.opening, "CAW")
    refer(helper, visit, rent, letter, caw)
    referral = Referral.objects.get()
    assert (referral.channel, referral.state) == (Channel.TABLE, State.ARRIVED)
    assert referral.outcome_known_at is not None


def test_somebody_without_a_name_gets_the_address(helper, opening, rent, letter, caw):
    refer(helper, opening, rent, letter, caw, consent="spoken", channel="mail")
    referral = Referral.objects.get()
    assert (referral.warmth, referral.household) == ("cold", None)


def test_what_the_visitor_keeps_private_is_not_told(helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw, tells=["language"])
    consent = Consent.objects.get()
    assert (consent.tells_phone, consent.tells_language, consent.tells_theme) == (
        False,
        True,
        False,
    )


def test_partner_of_another_stek_can_not_be_chosen(helper, essen, visit, rent, letter):
    response = refer(helper, visit, rent, letter, factories.partner(essen, "CAW Essen"))
    assert response.status_code == 422
    assert not Referral.objects.exists()


def test_offer_shows_who_helps_with_the_theme_first(helper, stek, visit, rent, caw):
    factories.partner(stek, "VDAB")
    place = {"opening": visit.opening_id, "visit": visit.pk}
    answer = helper.post(reverse("referrals:offer"), place | {"theme": rent.pk})
    text = text_of(answer)
    assert text.index("CAW") < text.index("Een andere partner") < text.index("VDAB")


def test_offer_asks_as_much_for_many_partners(helper, stek, visit, rent, caw, count_queries):
    place = {"opening": visit.opening_id, "visit": visit.pk, "theme": rent.pk}
    factories.service(caw, themes=[rent]).hours.create(
        weekday=0, opens_at=dt.time(9), closes_at=dt.time(12)
    )
    few = count_queries(lambda: helper.post(reverse("referrals:offer"), place))
    for number in range(5):
        partner = factories.partner(stek, f"Partner {number}")
        factories.service(partner, themes=[rent])
    assert count_queries(lambda: helper.post(reverse("referrals:offer"), place)) == few


def test_question_taken_back_takes_the_referral_along(helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw)
    desk.undo(helper, Question.objects.get())
    referral = Referral.objects.get()
    assert (referral.void_reason, referral.voided_by) == ("question", helper.user)


def test_saved_question_is_referred_afterwards(helper, visit, rent, letter, caw):
    desk.note(helper, visit, theme=rent, help_types=[letter])
    question = Question.objects.get()
    address = reverse("referrals:start", args=[question.pk])
    form = {"partner": caw.pk, "consent": "signed", "channel": "phone", "request_id": uuid.uuid4()}
    response = helper.post(address, form)
    referral = Referral.objects.get()
    assert response.url == reverse("referrals:referral", args=[referral.pk])
    again = helper.post(address, form | {"request_id": uuid.uuid4()})
    assert "al naar deze partner verwezen" in text_of(again)


# --- the loop at the counter ---


@pytest.fixture
def waiting(opening, fatima, rent, caw, today):
    """Referred a week ago, and nobody said anything."""
    before = factories.opening(opening.stek, today - dt.timedelta(days=7), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    return factories.referral(question, caw, days_ago=7)


def ask(client, visit):
    return client.get(reverse("referrals:loop", args=[visit.pk]))


def tell(client, visit, referral, said):
    form = {"referral": referral.pk, "said": said}
    return client.post(reverse("referrals:tell", args=[visit.pk]), form)


def test_counter_asks_about_the_partner_never_about_what(volunteer, visit, waiting):
    text = text_of(ask(volunteer, visit))
    assert "Heeft CAW je gebeld?" in text
    assert "huur" not in text


def test_counter_does_not_ask_on_the_day_itself(volunteer, helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw)
    assert "CAW" not in text_of(ask(volunteer, visit))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("reached", State.ARRIVED),
        ("not_yet", State.CONTACTED),
        ("failed", State.DROPPED_OUT),
    ],
)
def test_one_tap_says_what_came_of_it(volunteer, visit, waiting, said, state):
    assert tell(volunteer, visit, waiting, said).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == state
    assert "Heeft CAW je gebeld?" not in text_of(ask(volunteer, visit))


def test_tap_is_taken_back_and_asked_again(volunteer, visit, waiting):
    tell(volunteer, visit, waiting, "reached")
    tell(volunteer, visit, waiting, "take_back")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcome_known_at) == (State.CONTACTED, None)
    assert "Heeft CAW je gebeld?" in text_of(ask(volunteer, visit))


def test_tap_twice_is_one_step(volunteer, visit, waiting):
    for _press in range(2):
        assert tell(volunteer, visit, waiting, "reached").status_code == 302
    assert waiting.steps.filter(what="reached").count() == 1


def test_tap_about_somebody_elses_referral_is_not_found(volunteer, opening, visit, waiting):
    other = factories.visit(opening, factories.household(opening.stek, "Jo", "Maes"))
    assert tell(volunteer, other, waiting, "reached").status_code == 404


def test_tap_after_the_partner_answered_changes_nothing(volunteer, mika, visit, waiting):
    step(mika, waiting, "refused", reason="full")
    response = tell(volunteer, visit, waiting, "reached")
    assert response.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.REFUSED


# --- afterwards ---


def step(client, referral, what, **fields):
    referral.refresh_from_db()
    form = {"happening": what, "version": referral.version, "request_id": uuid.uuid4()} | fields
    return client.post(reverse("referrals:step", args=[referral.pk]), form)


def test_appointment_comes_on_the_page_and_in_the_week(mika, waiting, today):
    soon = today.isoformat()
    response = step(mika, waiting, "appointment", day=soon, time="14:30", place="Dorp 1")
    assert response.status_code == 302
    text = text_of(mika.get(reverse("referrals:appointments")))
    assert "14u30" in text
    assert "Dorp 1" in text


def test_appointment_without_a_day_is_refused(mika, waiting):
    response = step(mika, waiting, "appointment")
    assert response.status_code == 422
    assert "Vul de dag en het uur van de afspraak in." in text_of(response)


def test_refusal_without_a_reason_is_refused(mika, waiting):
    response = step(mika, waiting, "refused", reason="helped")
    assert response.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.CONTACTED


def test_wrong_step_is_put_right_and_a_closed_one_reopened(mika, waiting):
    step(mika, waiting, "closed", reason="helped")
    waiting.refresh_from_db()
    address = reverse("referrals:strike", args=[waiting.pk])
    assert mika.post(address, {"version": waiting.version}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.CONTACTED
    step(mika, waiting, "refused", reason="full")
    assert step(mika, waiting, "arrived").status_code == 422
    assert step(mika, waiting, "reopened", reason="new_fact").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.CONTACTED, "")


def test_second_of_two_people_is_told(mika, coordinator, waiting):
    version = waiting.version
    step(mika, waiting, "arrived")
    form = {
        "happening": "closed",
        "reason": "helped",
        "version": version,
        "request_id": uuid.uuid4(),
    }
    response = coordinator.post(reverse("referrals:step", args=[waiting.pk]), form)
    assert response.status_code == 422
    assert "Intussen veranderde hier iets." in text_of(response)
    waiting.refresh_from_db()
    assert waiting.state == State.ARRIVED


def test_consent_withdrawn_stops_the_links_and_the_referral(mika, waiting):
    mika.post(reverse("referrals:withdraw", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.DROPPED_OUT, "withdrawn")
    assert not waiting.may_be_told(timezone.localdate())
    assert "de partner ziet niets" in text_of(
        mika.get(reverse("referrals:referral", args=[waiting.pk]))
    )


def test_list_is_narrowed_and_a_helper_sees_only_ones_own(mika, helper, waiting):
    address = reverse("referrals:list")
    assert "klant" in text_of(mika.get(address))
    assert "Hier staat niets." in text_of(mika.get(address, {"toon": "over"}))
    assert "Hier staat niets." in text_of(mika.get(address, {"partner": "x", "stand": "closed"}))
    assert "Hier staat niets." in text_of(helper.get(address))


@pytest.mark.parametrize("page", ["list", "board", "appointments"])
def test_page_asks_as_much_for_many(
    mika, stek, opening, fatima, rent, caw, today, count_queries, page
):
    address = reverse(f"referrals:{page}")

    def more(number):
        for _one in range(number):
            visit = factories.visit(opening, fatima, repeated=True)
            referral = factories.referral(factories.question(visit, rent), caw)
            step(mika, referral, "appointment", day=today.isoformat(), time="10:00")
            visit = factories.visit(opening, fatima, repeated=True)
            factories.referral(factories.question(visit, rent), caw)

    more(1)
    few = count_queries(lambda: mika.get(address))
    more(2)
    assert count_queries(lambda: mika.get(address)) == few


def test_headline_counts_what_is_known_within_thirty_days(stek, mika, volunteer, visit, waiting):
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early, share.percent) == (0, 1, 1, 0)
    tell(volunteer, visit, waiting, "reached")
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early, share.percent) == (1, 1, 0, 100)


def test_outcome_known_too_late_does_not_count(stek, opening, fatima, rent, caw, today, mika):
    before = factories.opening(stek, today - dt.timedelta(days=40), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    referral = factories.referral(question, caw, days_ago=40)
    step(mika, referral, "arrived")
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early) == (0, 1, 0)


@pytest.mark.parametrize(("later", "known"), [(0, 1), (60, 0)])
def test_thirty_days_are_thirty_days(later, known, stek, opening, fatima, rent, caw, today, mika):
    before = factories.opening(stek, today - dt.timedelta(days=40), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    step(mika, factories.referral(question, caw, days_ago=40), "arrived")
    after = dt.timedelta(days=30, seconds=later)
    Referral.objects.update(outcome_known_at=F("contacted_at") + after)
    assert KnownOutcomes.of(stek, now=timezone.now()).total.known == known


def test_headline_stands_where_the_list_begins(mika, waiting):
    address = reverse("referrals:list")
    assert "binnen 30 dagen" in text_of(mika.get(address))
    for narrowed in ({"toon": "all"}, {"partner": waiting.partner_id}, {"zwijgt": "1"}):
        assert "binnen 30 dagen" not in text_of(mika.get(address, narrowed))


def test_card_says_where_and_when_in_the_language_of_the_visitor(mika, waiting, caw):
    service = factories.service(caw, street="Dorp 1", postcode="2920", town="Kalmthout")
    service.hours.create(weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    address = reverse("referrals:card", args=[waiting.pk])
    assert "أحضر" not in text_of(mika.get(address))  # nothing to bring
    text = text_of(mika.get(address, {"taal": "fr"}))
    assert "Dorp 1, 2920 Kalmthout" in text
    assert "lundi 9:00–12:00" in text
    assert "Fatima" not in text


@pytest.mark.parametrize("language", ["nl", "fr", "ar", "ti"])
def test_consent_text_is_five_lines(helper, caw, language):
    address = reverse("referrals:consent_text")
    response = helper.get(address, {"taal": language, "partner": caw.pk})
    assert len(response.context["lines"]) == 5
    assert "CAW" in text_of(response)


def test_warm_contact_without_consent_can_not_be_stored(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=waiting.pk).update(consent=None)


def test_appointment_that_is_not_over_is_not_asked_about(mika, volunteer, visit, waiting, today):
    later = (today + dt.timedelta(days=3)).isoformat()
    step(mika, waiting, "appointment", day=later, time="10:00")
    assert "CAW" not in text_of(ask(volunteer, visit))


# --- what is forgotten ---


def soon():
    return (factories.today() + dt.timedelta(days=3)).isoformat()


def test_erased_household_is_told_to_nobody_any_more(coordinator, fatima, rent, caw, visit):
    question = factories.question(visit, rent)
    referral = factories.referral(question, caw, channel="letter")
    step(coordinator, referral, "appointment", day=soon(), time="10:00", ask_for="Els")
    erase_household(fatima, by=coordinator.user)
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == (State.DROPPED_OUT, "erased")
    assert not AnswerLink.objects.exists()
    assert not Consent.objects.not_withdrawn().exists()
    for row in (referral, *referral.steps.all()):
        assert (row.appointment_at, row.ask_for) == (None, "")


def test_details_go_half_a_year_after_the_end_and_not_sooner(mika, waiting):
    step(mika, waiting, "appointment", day=soon(), time="10:00", ask_for="Els")
    step(mika, waiting, "closed", reason="helped")
    now = timezone.now()
    assert forget_details(now + dt.timedelta(days=170)) == 0
    assert forget_details(now + dt.timedelta(days=190)) == 1
    assert forget_details(now + dt.timedelta(days=190)) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.appointment_at, waiting.ask_for) == (State.CLOSED, None, "")
