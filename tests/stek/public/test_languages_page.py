"""The public page in the languages that visitors read."""

import datetime as dt
import html
import re

import pytest
from babel.messages.mofile import read_mo
from django.urls import reverse

from people.models import Language
from places.languages import LANGUAGES
from stek.messages import TRANSLATED, compiled, missing, po_path, read_catalog, texts, up_to_date
from tests import factories
from tests.stek.public.reading import days_of, page, text_of

OTHERS = [language.code for language in TRANSLATED]


def test_the_languages_are_those_that_visitors_read():
    assert {language.code for language in LANGUAGES} == set(Language.values)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_language_is_marked_and_has_its_own_direction(client, stek, table, language):
    response = client.get("/", {"taal": language.code})
    body = response.content.decode()
    assert f'<html lang="{language.code}" dir="{language.direction}">' in body
    assert (language.direction == "rtl") is (language.code in {"ar", "fa"})
    assert language.name in body
    text = text_of(response)
    assert ("Volgende keer open" in text) is (language.code == "nl")
    assert ("13u" in text) is (language.code == "nl")
    assert ("13:00" in text) is (language.code != "nl")


def test_days_are_said_in_the_language(client, stek, table):
    said = {
        "fr": "mercredi 9 décembre 13:00–16:00",
        "en": "Wednesday 9 December 13:00–16:00",
        "tr": "9 Aralık Çarşamba 13:00–16:00",
        "ar": "الأربعاء، 9 ديسمبر من 13:00 إلى 16:00",
        "uk": "середа, 9 грудня 13:00–16:00",
        "ti": "ረቡዕ፣ 9 ታሕሳስ 13:00–16:00",
    }
    for code, day in said.items():
        assert any(card.startswith(day) for card in days_of(client.get("/", {"taal": code}))), code


def test_what_a_coordinator_typed_stays_dutch_and_says_so(client, stek, table):
    factories.partner(stek, "LIGO", line="Onze eigen zin.", on_site=True)
    line = "Leer lezen, schrijven, rekenen of werken met de computer."
    factories.partner(stek, "Andere", line=line, on_site=True)
    factories.changed_day(stek, dt.date(2026, 12, 9), reason="staking")
    body = client.get("/?taal=fr").content.decode()
    assert '<bdi lang="nl">Onze eigen zin.</bdi>' in body
    assert '<bdi lang="nl">staking</bdi>' in body
    assert "Apprenez à lire, écrire, calculer ou utiliser l’ordinateur." in html.unescape(body)
    assert line not in body
    assert '<bdi lang="nl">staking</bdi>' not in client.get("/").content.decode()


def test_a_holiday_is_named_in_the_language(client, stek):
    factories.opening_hours(stek, weekday=4)
    assert any("Fermé: Noël" in card for card in days_of(client.get("/?taal=fr")))


def test_the_language_goes_along_to_other_pages(client, stek, essen):
    body = client.get("/?taal=ar").content.decode()
    for address in ("/stek/essen/", "/stek/kalmthout/affiche/", "/stek/kalmthout/agenda.ics"):
        assert f'href="{address}?taal=ar"' in body


def test_only_the_page_for_visitors_changes_language(client, counter, stek):
    asked = {"Accept-Language": "fr, en;q=0.8"}
    assert '<html lang="nl"' in client.get("/", headers=asked).content.decode()
    client.get("/?taal=fr")
    assert "Gebruikersnaam" in page(client, reverse("account_login") + "?taal=fr")
    assert "Wie is er" in text_of(
        counter.get(reverse("visits:counter") + "?taal=fr", headers=asked)
    )


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(code):
    catalog = up_to_date(code)
    assert missing(catalog) == []
    assert {message.id for message in read_catalog(code) if message.id} == set(texts())


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_its_blanks(code):
    blanks = re.compile(r"%\(\w+\)s")
    for message in read_catalog(code):
        if message.id:
            assert sorted(blanks.findall(message.id)) == sorted(blanks.findall(message.string))


@pytest.mark.parametrize("code", OTHERS)
def test_what_django_reads_is_what_was_translated(code):
    with po_path(code).with_suffix(".mo").open("rb") as file:
        built = {m.id: m.string for m in read_mo(file) if m.id}
    assert built == {m.id: m.string for m in read_catalog(code) if m.id}
    assert compiled(read_catalog(code)).startswith(b"\xde\x12\x04\x95")


def test_a_text_without_a_translation_is_seen():
    catalog = read_catalog("fr")
    catalog.add("Nieuw")
    assert missing(catalog) == ["Nieuw"]
