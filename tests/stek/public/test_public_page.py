"""The page that anybody may see: what it says, in which language, and what it never says."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from babel.messages.mofile import read_mo
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Session
from accounts.roles import Role
from people.models import Language
from places.languages import LANGUAGES
from places.models import SitterKind
from stek.messages import TRANSLATED, compiled, missing, po_path, read_catalog, texts, up_to_date
from tests import factories
from tests.cast import signed_in
from tests.hostile import TEXT

BRUSSELS = ZoneInfo("Europe/Brussels")
#: A Wednesday morning, the first of a Mika week.
MORNING = dt.datetime(2026, 12, 2, 9, 0, tzinfo=BRUSSELS)
OTHERS = [language.code for language in TRANSLATED]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def table(stek):
    """Wednesdays with CAW, a volunteer, and Mika every other week."""
    hours = factories.opening_hours(stek)
    factories.table_turn(hours, "CAW")
    factories.table_turn(hours, "Rita Peeters", kind=SitterKind.VOLUNTEER)
    factories.table_turn(
        hours,
        "Mika Verlinden",
        kind=SitterKind.COMMUNITY_WORKER,
        every_weeks=2,
        first_day=dt.date(2026, 12, 2),
    )
    return hours


def text_of(response: HttpResponse) -> str:
    """What is read, with single spaces."""
    body = re.sub(r"<head>.*?</head>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def days_of(response: HttpResponse) -> list[str]:
    """The cards of the coming weeks."""
    cards = re.findall(r'<li class="day.*?<h3>(?:.*?)(?=<li class="day|</ol>|</section>)',
                       response.content.decode(), re.DOTALL)  # fmt: skip
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split()) for card in cards]


def page(client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return text_of(response)


# --- which page, for whom ---


def test_a_visitor_sees_the_page_of_the_first_stek(client, stek, essen):
    response = client.get("/")
    assert "STEK Kalmthout" in text_of(response)
    assert f'href="{reverse("public", args=["essen"])}?taal=nl"' in response.content.decode()


def test_each_stek_has_its_own_page(client, stek, essen):
    essen_page = page(client, reverse("public", args=["essen"]))
    assert "STEK Essen" in essen_page
    assert "Ook open in: Kalmthout" in essen_page


def test_an_empty_installation_says_so(client, db):
    assert "Hier is nog geen STEK" in page(client)
    assert client.get(reverse("first_calendar")).status_code == 404


def test_somebody_with_a_role_goes_on_to_their_work(counter):
    response = counter.get("/")
    assert response.url == reverse("visits:counter")
    assert "no-store" in response["Cache-Control"]


def test_somebody_whose_role_ended_sees_what_everybody_sees(stek):
    ended = factories.membership(stek, Role.COORDINATOR, last_day=dt.date(2020, 1, 1))
    assert "STEK Kalmthout" in page(signed_in(ended))


def test_the_page_leaves_no_session_and_no_cookie(client, stek):
    for address in ("/", "/stek/kalmthout/", "/stek/kalmthout/affiche/", "/agenda.ics"):
        assert not client.get(address).cookies, address
    assert not Session.objects.exists()


def test_the_first_page_is_asked_for_again_and_the_others_for_a_minute(client, stek):
    first = client.get("/")
    assert first["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/stek/kalmthout/")["Cache-Control"] == "public, max-age=60"


def test_a_page_that_the_browser_has_does_not_keep_a_colleague_there(counter, client, stek):
    tag = client.get("/")["ETag"]
    assert counter.get("/", headers={"If-None-Match": tag}).status_code == 302


def test_search_engines_may_find_the_page(client, stek):
    body = client.get("/").content.decode()
    assert "noindex" not in body
    assert '<link rel="canonical" href="http://testserver/stek/kalmthout/?taal=nl">' in body
    assert body.count('rel="alternate"') == len(LANGUAGES)


# --- now, and when next ---


def test_before_the_hours_it_says_when_today(client, table):
    text = page(client)
    assert "We zijn nu gesloten Volgende keer open Vandaag 13u–16u" in text


def test_in_the_hours_it_says_until_when(client, table, clock):
    clock.move_to(MORNING.replace(hour=13))
    assert "We zijn nu open tot 16u" in page(client)


def test_the_page_of_before_the_hours_is_not_shown_in_them(client, table, clock):
    clock.move_to(MORNING.replace(hour=12, minute=59, second=59))
    assert "We zijn nu gesloten" in page(client)
    clock.move_to(MORNING.replace(hour=13))
    assert "We zijn nu open" in page(client)


def test_what_the_counter_does_shows_within_half_a_minute(client, stek, table, clock):
    clock.move_to(MORNING.replace(hour=14))
    assert "We zijn nu open" in page(client)
    factories.opening(stek, MORNING.date(), closed=True, closed_at=MORNING.replace(hour=14))
    clock.shift(30)
    text = page(client)
    assert "We zijn vandaag vroeger gesloten" in text
    assert "Volgende keer open woensdag 9 december 13u–16u" in text


def test_the_day_after_is_called_tomorrow(client, table, clock):
    clock.move_to(MORNING - dt.timedelta(days=1))
    assert "Volgende keer open Morgen 13u–16u" in page(client)


def test_a_cancelled_day_says_so_on_top(client, stek, table):
    factories.changed_day(stek, MORNING.date(), reason="de verwarming is stuk")
    text = page(client)
    assert "Vandaag: Gaat niet door ( de verwarming is stuk )" in text
    assert "Volgende keer open woensdag 9 december" in text


def test_the_next_time_may_be_after_the_four_weeks(client, stek, table):
    factories.closing_day(stek, MORNING.date(), last_day=dt.date(2027, 2, 1), reason="verbouwing")
    assert "Volgende keer open woensdag 3 februari 13u–16u" in page(client)


def test_without_hours_nobody_is_told_a_day(client, stek):
    text = page(client)
    assert "We weten nog niet wanneer we weer open zijn." in text
    assert "In deze vier weken is er geen opening gepland." in text


# --- the coming four weeks ---


def test_four_weeks_say_who_is_there_and_when_mika_is_not(client, stek, table):
    factories.opening_hours(stek, weekday=4)  # Fridays: Christmas, nobody at the table
    cards = days_of(client.get("/"))
    assert cards[0] == "woensdag 2 december 13u–16u Aan tafel CAW vrijwilligers Mika is er"
    assert cards[2] == "woensdag 9 december 13u–16u Aan tafel CAW vrijwilligers Mika is er niet"
    assert "vrijdag 25 december Gesloten: Kerstmis" in cards
    assert len(cards) == 8
    assert "30 december" not in str(cards)


def test_no_volunteer_is_named_and_no_family_name(client, table, stek):
    factories.table_change(
        stek, MORNING.date(), "Jos Wouters", comes=True, kind=SitterKind.VOLUNTEER
    )
    for address in ("/", "/agenda.ics", "/stek/kalmthout/affiche/"):
        body = client.get(address).content.decode().replace("\r\n ", "")
        assert "Mika" in body
        for hidden in ("Rita", "Peeters", "Jos", "Wouters", "Verlinden"):
            assert hidden not in body, f"{hidden} on {address}"


def test_changed_days_say_what_changed(client, stek, table):
    factories.changed_day(stek, dt.date(2026, 12, 9), reason="staking")
    factories.changed_day(
        stek,
        dt.date(2026, 12, 16),
        to_day=dt.date(2026, 12, 17),
        opens_at=dt.time(9, 30),
        closes_at=dt.time(12),
    )
    factories.changed_day(
        stek,
        dt.date(2026, 12, 23),
        to_day=dt.date(2026, 12, 23),
        opens_at=dt.time(10),
        closes_at=dt.time(12),
        reason="feest",
    )
    cards = days_of(client.get("/"))
    assert "woensdag 9 december Gaat niet door: staking" in cards
    assert "woensdag 16 december Verplaatst naar donderdag 17 december" in cards
    assert (
        "donderdag 17 december 9u30–12u In de plaats van woensdag 16 december "
        "Aan tafel CAW vrijwilligers Mika is er"
    ) in cards
    assert any(card.startswith("woensdag 23 december 10u–12u feest") for card in cards)


def test_a_closing_without_a_reason_is_closed_without_a_date(client, stek, table):
    factories.closing_day(stek, dt.date(2026, 12, 9))
    assert "woensdag 9 december Gesloten" in days_of(client.get("/"))


def test_somebody_who_cannot_come_is_not_at_the_table(client, stek, table):
    factories.table_change(stek, MORNING.date(), "CAW", comes=False)
    factories.table_change(stek, MORNING.date(), "LIGO", comes=True)
    assert "Aan tafel LIGO vrijwilligers" in days_of(client.get("/"))[0]


def test_public_activities_of_the_four_weeks_are_named(client, stek):
    caw = factories.partner(stek, "Rap op Stap")
    factories.activity(
        stek, dt.date(2026, 12, 3), title="Kerstmarkt", kind="trip", organiser=caw,
        ends_at=dt.time(12, 30),
    )  # fmt: skip
    factories.activity(stek, dt.date(2026, 12, 4), title="Intern overleg", is_public=False)
    factories.activity(stek, dt.date(2026, 12, 30), title="Te ver weg")
    by = factories.user()
    factories.activity(
        stek, dt.date(2026, 12, 5), title="Koken", cancelled_at=MORNING, cancelled_by=by
    )
    cards = days_of(client.get("/"))
    assert cards == [
        "Kerstmarkt donderdag 3 december · 10u–12u30 uitstap Rap op Stap",
        "Koken zaterdag 5 december Gaat niet door les",
    ]


def test_partners_of_the_place_stand_with_their_line(client, stek):
    factories.partner(stek, "LIGO", line="Leer met ons lezen.", on_site=True)
    factories.partner(stek, "VDAB", on_site=False)
    factories.partner(stek, "Oude partner", on_site=True, retired=True)
    text = page(client)
    assert "LIGO Leer met ons lezen." in text
    assert "VDAB" not in text
    assert "Oude partner" not in text


def test_address_phone_and_map_are_links_to_press(client, stek):
    stek.street, stek.phone, stek.email = "Dorpsstraat 1 & 3", "+32 3 666 00 00", "stek@example.org"
    stek.save()
    body = client.get("/").content.decode()
    assert 'href="tel:+3236660000"' in body
    assert 'href="mailto:stek@example.org"' in body
    assert (
        'href="https://www.openstreetmap.org/search?query=Dorpsstraat+1+%26+3%2C+2920+Kalmthout"'
        in body
    )
    assert 'rel="noreferrer noopener"' in body


def test_another_stek_shows_nothing_of_this_one(client, stek, essen, table):
    factories.partner(stek, "LIGO", on_site=True)
    factories.activity(stek, MORNING.date(), title="Kerstmarkt")
    factories.changed_day(stek, MORNING.date(), reason="staking")
    text = page(client, "/stek/essen/")
    for word in ("LIGO", "Kerstmarkt", "staking", "CAW", "Mika"):
        assert word not in text


# --- languages ---


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


# --- bad input, and size ---


@pytest.mark.parametrize("value", ["xx", "", "../nl", "nl'--", "\x00", "fr&taal=ar", "a" * 5000])
def test_an_unknown_language_is_dutch(client, stek, value):
    response = client.get("/", {"taal": value})
    assert (response.status_code, '<html lang="nl"' in response.content.decode()) == (200, True)


def test_strange_names_of_steks_are_not_found(client, stek):
    strange = ["bestaat-niet", "KALMTHOUT", "1", "%00", "..%2F", "a" * 400, "%D9%83", "<b>"]
    for slug in strange:
        for tail in ("", "affiche/", "agenda.ics"):
            assert client.get(f"/stek/{slug}/{tail}").status_code == 404, slug


def test_a_strange_host_is_refused_before_it_is_kept(client, stek):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("kind", TEXT)
def test_strange_words_are_shown_as_text(client, stek, table, kind):
    texts = [text.replace("\x00", "")[:60].strip() or "x" for text in TEXT[kind][:28]]
    for n, text in enumerate(texts):
        factories.partner(stek, f"{n} {text}"[:60], line=text, on_site=True)
        factories.changed_day(stek, MORNING.date() + dt.timedelta(days=n), reason=text)
    body = client.get("/?taal=fr").content.decode()
    assert "<script" not in body
    assert [text for text in texts if escape(text) not in body] == []
    assert client.get("/agenda.ics").status_code == 200


def test_a_warm_page_takes_one_query_and_a_cold_one_a_constant_number(
    client, stek, essen, table, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    for n in range(3):
        factories.partner(stek, f"Partner {n}", on_site=True)
        organiser = factories.partner(stek, f"Organiser {n}")
        factories.activity(stek, dt.date(2026, 12, 3 + n), organiser=organiser)
        hours = factories.opening_hours(stek, weekday=n, opens_at=dt.time(9))
        factories.table_turn(hours, "LIGO")
        factories.changed_day(stek, dt.date(2026, 12, 9 + n), reason="staking")
        factories.closing_day(stek, dt.date(2026, 12, 20 + n))
        factories.table_change(stek, dt.date(2026, 12, 14 + n), "CAW", comes=False)
    for n in range(3):
        factories.stek(f"Dorp {n}")
    caches["pages"].clear()
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_the_page_of_a_busy_stek_is_light(client, stek):
    for weekday in range(6):
        hours = factories.opening_hours(stek, weekday=weekday)
        for who in ("CAW", "LIGO", "Rap op Stap", "OCMW"):
            factories.table_turn(hours, who)
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 12_000
