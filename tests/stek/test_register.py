"""The register, the public statement and the breach page: all made from the classification."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.laptop.device import cookie_name
from accounts.models import AuditEvent
from places.models import Stek
from stek.everything.words import WORDS
from stek.privacy import FIELDS, Kept, Privacy
from stek.register import entries
from tests import factories
from tests.cast import sign_in_again
from tests.people import office
from tests.visits.desk import text_of


def test_every_field_that_is_personal_is_named_in_the_register(stek):
    held = {word for entry in entries(stek) for _term, words in entry.held for word in words}
    for name, (kind, _kept) in FIELDS.items():
        model, field = name.rsplit(".", 1)
        if kind is Privacy.PERSONAL and WORDS.get(model, {}).get(field, "x") != "":
            word = WORDS.get(model, {}).get(field)
            assert word is None or str(word) in held, name


def test_new_field_is_in_the_register_by_itself(stek):
    planted = {**FIELDS, "people.Household.version": (Privacy.PERSONAL, Kept.NOTE)}
    before = next(entry for entry in entries(stek) if entry.kind.key == "who")
    planted["accounts.User.first_name"] = (Privacy.PERSONAL, Kept.NOTE)
    after = next(one for one in entries(stek, planted) if one.kind.key == "colleagues")
    assert Kept.NOTE in after.terms
    assert Kept.NOTE not in before.terms


# --- the register ---


def test_register_says_what_why_how_long_who_sees_and_who_receives(coordinator, stek):
    Stek.objects.filter(pk=stek.pk).update(identity_months=17, note_days=33)
    page = text_of(coordinator.get(reverse("register")))
    for words in (
        "Register van de verwerkingen",
        "17 maanden na je laatste bezoek",
        "33 dagen",
        "voornaam",
        "korte nota",
        "toestemming van de bezoeker",
        "de partner waarvoor de bezoeker toestemming gaf",
        "opbouwwerker",
    ):
        assert words in page, words


# --- the statement ---


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Wat bewaren we over jou?"),
        ("fr", "Que gardons-nous à votre sujet"),
        ("en", "What do we keep about you?"),
        ("ar", "Wat bewaren we over jou?"),
    ],
)
def test_statement_is_for_everybody_in_three_languages(client, stek, language, words):
    response = client.get(reverse("privacy", args=[stek.slug]), {"taal": language})
    page = text_of(response)
    assert words in page
    code = language if language != "ar" else "nl"
    assert f'<html lang="{code}"' in response.content.decode()


def test_statement_has_the_terms_of_its_own_stek(client, stek, essen):
    Stek.objects.filter(pk=essen.pk).update(identity_months=30)
    assert "30 maanden" not in text_of(client.get(reverse("privacy", args=[stek.slug])))
    assert "30 maanden" in text_of(client.get(reverse("privacy", args=[essen.slug])))


def test_statement_names_no_code_and_no_colleague(client, coordinator, stek):
    page = text_of(client.get(reverse("first_privacy")))
    for word in ("None", "Kept", "Goossens", "Collega's en vrijwilligers"):
        assert word not in page


def test_public_page_leads_to_the_statement(client, stek):
    page = client.get(reverse("public", args=[stek.slug])).content.decode()
    assert reverse("privacy", args=[stek.slug]) in page


def test_statement_of_an_empty_installation_does_not_exist(client, db):
    assert client.get(reverse("first_privacy")).status_code == 404
    assert client.get(reverse("privacy", args=["nergens"])).status_code == 404


# --- the breach page ---


def ask(who, today, **more):
    body = {"first": today.isoformat(), "last": today.isoformat()} | more
    return who.post(reverse("breach"), body)


def test_breach_page_says_the_steps_and_the_hours(administrator):
    page = text_of(administrator.get(reverse("breach")))
    assert "← Beheer" in page
    assert "72 uur" in page
    assert "Gegevensbeschermingsautoriteit" in page


def test_breach_page_says_who_saw_which_household_and_which_data(
    coordinator, administrator, mika, stek, opening, today
):
    seen = factories.household(stek, "Fatima", "El Amrani", number=147)
    factories.household(stek, "Jozef", "Maes", number=148)
    visit = factories.visit(opening, seen, purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    row = factories.referral(question, factories.partner(stek))
    office.record(mika, seen)
    mika.get(reverse("referrals:referral", args=[row.pk]))
    mika.get(reverse("people:leaving"))
    for who in (coordinator, administrator):
        page = text_of(ask(who, today))
        assert "1 huishouden bekeken" in page
        assert "147 alles op de fiche, Naar welke dienst we je doorverwezen Mika V. 2" in page
        assert "lijst van wie uit de boeken gaat bekeken" in page
        for name in ("Fatima", "El Amrani", "148"):
            assert name not in page
    assert AuditEvent.objects.filter(verb="breach", kind="read").count() == 2


def test_breach_page_at_night_proposes_the_day_of_the_calendar(coordinator):
    """The counter still has yesterday then; who looked after midnight did so today."""
    with time_machine.travel(dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)):
        sign_in_again(coordinator)
        page = coordinator.get(reverse("breach")).content.decode()
    assert 'name="last" value="2026-11-27"' in page


def test_breach_page_is_narrowed_to_days_a_colleague_or_a_household(coordinator, mika, stek, today):
    first, second = factories.household(stek, number=147), factories.household(stek, number=148)
    office.record(mika, first)
    office.record(coordinator, second)
    assert "2 huishoudens bekeken" in text_of(ask(coordinator, today))
    assert "1 huishouden bekeken" in text_of(ask(coordinator, today, colleague=mika.user.pk))
    page = text_of(ask(coordinator, today, number="148"))
    assert "1 huishouden bekeken" in page
    day = (today - dt.timedelta(days=3)).isoformat()
    assert "0 huishoudens bekeken" in text_of(ask(coordinator, today, first=day, last=day))


@pytest.mark.parametrize("days", [{"first": "0001-01-01"}, {"last": "9999-12-31"}])
def test_breach_page_of_days_that_no_clock_holds(coordinator, today, days):
    response = ask(coordinator, today, **days)
    assert response.status_code == 422
    assert "Kies een dag tussen 2000 en 2100." in text_of(response)
    assert not AuditEvent.objects.filter(verb="breach").exists()


def test_breach_page_of_a_laptop_that_was_stolen(coordinator, administrator, mika, stek, today):
    """What was seen on it, and how to stop it."""
    device, secret = factories.device(stek, "balie")
    row = factories.household(stek, number=147)
    office.record(mika, factories.household(stek, number=148))
    mika.cookies[cookie_name()] = secret
    sign_in_again(mika)
    office.record(mika, row)
    mika.get(reverse("people:leaving"))
    del mika.cookies[cookie_name()]
    assert AuditEvent.objects.get(verb="open", subject_id=row.pk).device_id == device.pk

    assert "2 huishoudens bekeken" in text_of(ask(coordinator, today))
    page = text_of(ask(coordinator, today, device=device.pk))
    assert "1 huishouden bekeken" in page
    assert "147 alles op de fiche Mika V. 1" in page
    assert "lijst van wie uit de boeken gaat bekeken" in page
    assert "Hij is nog vertrouwd. Is hij weg? Trek hem dan nu in" in page
    told = text_of(ask(administrator, today, device=device.pk))
    assert "Laat de coördinator hem dan nu intrekken" in told

    coordinator.post(reverse("accounts:revoke_device", args=[device.pk]))
    page = text_of(ask(coordinator, today, device=device.pk))
    assert "geen pincode werkt er nog" in page
    assert "balie (ingetrokken op" in page


def test_breach_page_asks_of_no_laptop_of_another_stek(other_stek, stek, today):
    device, _secret = factories.device(stek, "balie")
    answer = ask(other_stek, today, device=device.pk)
    assert answer.status_code == 422
    assert "balie" not in text_of(answer)


def test_breach_page_as_csv_for_a_belgian_excel(coordinator, mika, stek, today):
    office.record(mika, factories.household(stek, number=147))
    answer = ask(coordinator, today, **{"as": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("klantnummer;welke gegevens;door")
    assert lines[1].startswith("147;alles op de fiche;Mika V.;1;")


def test_breach_page_shows_nothing_of_another_stek(other_stek, mika, stek, today):
    office.record(mika, factories.household(stek, number=147))
    assert "147" not in text_of(ask(other_stek, today))


def test_breach_page_refuses_days_that_are_none(coordinator, today):
    day = (today + dt.timedelta(days=3)).isoformat()
    response = ask(coordinator, today, first=day)
    assert response.status_code == 422
    assert "Wissel ze om" in text_of(response)
    assert ask(coordinator, today, colleague="999999").status_code == 422
