"""From a question to a partner: with consent or without, by which way, and taken back."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, OutgoingMail
from forms_help.models import Question
from people.models import Consent
from referrals.models import AnswerLink, Referral
from referrals.states import Channel, State
from tests import factories
from tests.forms_help import desk
from tests.referrals.loop import refer
from tests.visits.desk import text_of


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
